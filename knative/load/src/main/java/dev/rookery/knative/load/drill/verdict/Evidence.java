package dev.rookery.knative.load.drill.verdict;

import dev.rookery.knative.load.drill.crowd.Cashier;
import dev.rookery.knative.load.drill.crowd.Testimony;
import java.util.List;

/// Everything that is known when all is over.
///
/// @param testimonies what players saw
/// @param paid        commands that somebody else has put on the topic, and that Kafka has called durable
/// @param letters     dead letters of commands, as sentences
/// @param poisoned    how many of these there have to be
/// @param books       what the database has
public record Evidence(
        List<Testimony> testimonies, List<Cashier.Paid> paid, List<String> letters, int poisoned, Books books) {

    public Evidence {
        testimonies = List.copyOf(testimonies);
        paid = List.copyOf(paid);
        letters = List.copyOf(letters);
    }
}
