package dev.rookery.functions.ledger;

import dev.rookery.eventing.delivery.Chore;
import dev.rookery.eventing.delivery.significant.WatchedSettings;
import dev.rookery.functions.ledger.seal.SealFile;
import dev.rookery.functions.ledger.seal.SealSettings;
import dev.rookery.functions.ledger.seal.SealTopic;
import dev.rookery.functions.ledger.seal.SealWriter;
import dev.rookery.functions.ledger.seal.SignedSeal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.jooq.DSLContext;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What an application that works with the ledger needs: it imports this.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({LedgerSettings.class, SealSettings.class})
public class LedgerConfiguration {

    @Bean
    Ledger ledger(InstantSource clock, LedgerSettings settings) {
        return new Ledger(clock, settings);
    }

    @Bean
    WatchedSettings watchedLedgerSettings(LedgerSettings settings) {
        return settings.watched();
    }

    @Bean
    Chore partitions(DSLContext db, InstantSource clock) {
        return new Partitions(db, clock);
    }

    /// For whoever runs it at intervals: one application is enough.
    @Bean
    SealWriter sealWriter(
            DSLContext db, Producer<String, byte[]> producer, InstantSource clock, SealSettings settings) {
        var places = new ArrayList<Consumer<SignedSeal>>();
        places.add(new SealTopic(producer));
        var file = settings.sealFile();
        if (file != null && !file.isBlank()) {
            places.add(new SealFile(Path.of(file)));
        }
        return new SealWriter(db, clock, settings.key(), places);
    }
}
