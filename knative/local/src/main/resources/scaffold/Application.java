package dev.rookery.functions.@name@;

import dev.rookery.eventing.contract.Answer;
import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.Query;
import dev.rookery.eventing.delivery.DeliveryConfiguration;
import dev.rookery.eventing.delivery.FunctionApplication;
import dev.rookery.eventing.delivery.inbox.Inbox;
import dev.rookery.eventing.delivery.reads.Reads;
import java.util.Map;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/// The function as a process: one bean for each type in its catalog file, named by it.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(DeliveryConfiguration.class)
public class @Name@Application {

    public static void main(String[] arguments) {
        FunctionApplication.run(@Name@Application.class, arguments);
    }

    @Bean
    Function<Command<ScoreFunction.Points>, Outcome> score(DSLContext db, Inbox inbox) {
        return new ScoreFunction(db, inbox);
    }

    @Bean
    Function<Query<Map<String, Object>>, Answer> total(Reads reads) {
        return new TotalFunction(reads);
    }
}
