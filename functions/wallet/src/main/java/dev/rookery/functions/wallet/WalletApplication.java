package dev.rookery.functions.wallet;

import dev.rookery.eventing.contract.Answer;
import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.Query;
import dev.rookery.eventing.delivery.DeliveryConfiguration;
import dev.rookery.eventing.delivery.FunctionApplication;
import dev.rookery.eventing.delivery.batch.Batches;
import dev.rookery.eventing.delivery.batch.Batching;
import dev.rookery.eventing.delivery.reads.Reads;
import dev.rookery.eventing.delivery.significant.WatchedSettings;
import dev.rookery.functions.ledger.Book;
import dev.rookery.functions.ledger.Ledger;
import dev.rookery.functions.ledger.LedgerConfiguration;
import dev.rookery.functions.ledger.Money;
import dev.rookery.functions.ledger.Need;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/// The wallet as a process: one bean for each type in its catalog file, named by it.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(WalletSettings.class)
@Import({DeliveryConfiguration.class, LedgerConfiguration.class})
public class WalletApplication {

    public static void main(String[] arguments) {
        FunctionApplication.run(WalletApplication.class, arguments);
    }

    @Bean(destroyMethod = "close")
    Batches<Need, Book> batches(Batching batching, Ledger ledger) {
        return batching.on(ledger);
    }

    @Bean
    WatchedSettings watchedSettings(WalletSettings settings) {
        return settings.watched();
    }

    @Bean
    Function<Command<Money>, Outcome> deposit(Batches<Need, Book> batches, WalletSettings settings) {
        return batches.of(new MoveRule(Direction.DEPOSIT, settings.largeDeposit()));
    }

    @Bean
    Function<Command<Money>, Outcome> withdraw(Batches<Need, Book> batches, WalletSettings settings) {
        return batches.of(new MoveRule(Direction.WITHDRAWAL, settings.largeWithdrawal()));
    }

    @Bean
    Function<Command<SetLimitRule.Wish>, Outcome> setLimit(Batches<Need, Book> batches) {
        return batches.of(new SetLimitRule());
    }

    @Bean
    Function<Command<ExcludeRule.Wish>, Outcome> exclude(Batches<Need, Book> batches) {
        return batches.of(new ExcludeRule());
    }

    @Bean
    Function<Command<PaceRule.Pace>, Outcome> setPace(Batches<Need, Book> batches) {
        return batches.of(new PaceRule());
    }

    @Bean
    Function<Command<Map<String, Object>>, Outcome> acknowledgeTime(Batches<Need, Book> batches) {
        return batches.of(new AcknowledgeRule());
    }

    @Bean
    Function<Query<Map<String, Object>>, Answer> balance(Reads reads) {
        return new BalanceFunction(reads);
    }

    @Bean
    Function<Query<StatementFunction.Page>, Answer> statement(Reads reads) {
        return new StatementFunction(reads);
    }

    @Bean
    Function<Query<Map<String, Object>>, Answer> position(Reads reads, InstantSource clock) {
        return new PositionFunction(reads, clock);
    }

    @Bean
    Function<Query<Map<String, Object>>, Answer> limits(Reads reads) {
        return new LimitsFunction(reads);
    }
}
