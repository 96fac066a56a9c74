package dev.rookery.functions.wallet;

import dev.rookery.eventing.contract.Answer;
import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.Query;
import dev.rookery.eventing.delivery.DeliveryConfiguration;
import dev.rookery.eventing.delivery.inbox.Inbox;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/// The wallet as a process: one bean for each type in its catalog file, named by it.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(DeliveryConfiguration.class)
public class WalletApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(WalletApplication.class, arguments);
    }

    @Bean
    Function<Command<Money>, Outcome> deposit(DSLContext db, Inbox inbox, InstantSource clock) {
        return new MoveFunction(Direction.DEPOSIT, db, inbox, clock);
    }

    @Bean
    Function<Command<Money>, Outcome> withdraw(DSLContext db, Inbox inbox, InstantSource clock) {
        return new MoveFunction(Direction.WITHDRAWAL, db, inbox, clock);
    }

    @Bean
    Function<Query<Map<String, Object>>, Answer> balance(DSLContext db) {
        return new BalanceFunction(db);
    }

    @Bean
    Function<Query<StatementFunction.Page>, Answer> statement(DSLContext db) {
        return new StatementFunction(db);
    }
}
