package dev.rookery.eventing.delivery;

import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// A function's process that brings its schemas up to date and ends. Of all that functions lean on it needs
/// PostgreSQL alone.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OwnerSettings.class)
class MigrateApplication {

    @Bean
    ApplicationRunner migrate(OwnerSettings owner, @Value("${rookery.schemas}") List<String> schemas) {
        return _ -> new Schemas(schemas).migrate(owner);
    }
}
