package dev.rookery.knative.load.bench.money;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// How many commands a function has carried out in how many transactions, as its metrics tell.
///
/// @param transactions so far
/// @param commands     in all of them
record BatchSizes(double transactions, double commands) {

    private static final String METRIC = "rookery_batch_size";
    private static final Duration BOUND = Duration.ofSeconds(10);

    /// @param management base URL
    static BatchSizes read(HttpClient http, String management) {
        var metrics = URI.create(management + "/actuator/prometheus");
        try {
            var answer =
                    http.send(HttpRequest.newBuilder(metrics).timeout(BOUND).build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(metrics + ": " + answer.statusCode() + " (expected: 200)");
            }
            return parse(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(metrics + " cannot be read: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while metrics are read", e);
        }
    }

    /// @param text in Prometheus' format
    static BatchSizes parse(String text) {
        return new BatchSizes(sum(text, METRIC + "_count"), sum(text, METRIC + "_sum"));
    }

    /// Commands of a transaction since then, on average; NaN when there was none.
    double averageSince(BatchSizes before) {
        return (commands - before.commands) / (transactions - before.transactions);
    }

    /// Over all labels, as far as there are any.
    private static double sum(String text, String metric) {
        return text.lines()
                .filter(line -> line.startsWith(metric + " ") || line.startsWith(metric + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
