package dev.rookery.functions.rounds;

import dev.rookery.eventing.contract.Answer;
import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.Query;
import dev.rookery.eventing.delivery.Chore;
import dev.rookery.eventing.delivery.DeliveryConfiguration;
import dev.rookery.eventing.delivery.FunctionApplication;
import dev.rookery.eventing.delivery.batch.Batches;
import dev.rookery.eventing.delivery.batch.Batching;
import dev.rookery.eventing.delivery.emission.OwnCommands;
import dev.rookery.eventing.delivery.reads.Reads;
import dev.rookery.eventing.delivery.significant.WatchedSettings;
import dev.rookery.functions.games.fair.ServerSeed;
import dev.rookery.functions.ledger.Ledger;
import dev.rookery.functions.ledger.LedgerConfiguration;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/// Rounds as a process: one bean for each type in its catalog file, named by it.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(RoundsSettings.class)
@Import({DeliveryConfiguration.class, LedgerConfiguration.class})
public class RoundsApplication {

    public static void main(String[] arguments) {
        FunctionApplication.run(RoundsApplication.class, arguments);
    }

    @Bean(destroyMethod = "close")
    Batches<RoundNeed, Sitting> batches(Batching batching, Ledger ledger) {
        return batching.on(new Rounds(ledger));
    }

    @Bean
    WatchedSettings watchedSettings(RoundsSettings settings) {
        return settings.watched();
    }

    @Bean
    Function<Command<BetRule.Bet>, Outcome> bet(Batches<RoundNeed, Sitting> batches, RoundsSettings settings) {
        return batches.of(new BetRule(settings));
    }

    @Bean
    Function<Command<MoveRule.Made>, Outcome> move(Batches<RoundNeed, Sitting> batches, RoundsSettings settings) {
        return batches.of(new MoveRule(settings));
    }

    @Bean
    Function<Command<ExpireRule.Due>, Outcome> expire(Batches<RoundNeed, Sitting> batches, RoundsSettings settings) {
        return batches.of(new ExpireRule(settings));
    }

    @Bean
    Function<Command<Map<String, Object>>, Outcome> commitSeed(Batches<RoundNeed, Sitting> batches) {
        var random = new SecureRandom();
        return batches.of(new CommitSeedRule(() -> ServerSeed.fresh(random)));
    }

    @Bean
    Function<Command<UseSeedRule.Added>, Outcome> useSeed(Batches<RoundNeed, Sitting> batches) {
        return batches.of(new UseSeedRule());
    }

    @Bean
    Chore deadlines(DSLContext db, OwnCommands commands, InstantSource clock) {
        return new Deadlines(db, commands, clock);
    }

    @Bean
    Function<Query<Map<String, Object>>, Answer> current(Reads reads) {
        return new CurrentFunction(reads);
    }

    @Bean
    Function<Query<HistoryFunction.Page>, Answer> history(Reads reads) {
        return new HistoryFunction(reads);
    }

    @Bean
    Function<Query<VerifyFunction.Asked>, Answer> verify(Reads reads) {
        return new VerifyFunction(reads);
    }
}
