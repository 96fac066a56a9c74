package dev.rookery.knative.local.ops;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a gateway's metrics tell, counted since it began.
///
/// @param open          connections that are served
/// @param draining      connections that are told to go elsewhere
/// @param attempts      to connect, by outcome: `opened`, …
/// @param messages      taken from players, by type of event; `cast` is one
/// @param answerSeconds from the frame to its answer
record GatewayFigures(
        long open, long draining, Map<String, Long> attempts, Map<String, Long> messages, Times answerSeconds) {

    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? ([^ ]+)(?: [0-9]+)?");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final String TYPE = "cloudevents_event_type";

    GatewayFigures {
        attempts = Map.copyOf(attempts);
        messages = Map.copyOf(messages);
    }

    /// @param count answers
    /// @param sum   of their times, in seconds
    record Times(long count, double sum) {}

    /// Reads Prometheus's text format; what is not ours is passed over.
    static GatewayFigures read(String metrics) {
        var read = new Reading();
        metrics.lines().forEach(line -> {
            var sample = SAMPLE.matcher(line);
            if (!line.startsWith("#") && sample.matches()) {
                read.sample(sample.group(1), sample.group(2) == null ? "" : sample.group(2), sample.group(3));
            }
        });
        return new GatewayFigures(
                read.open, read.draining, read.attempts, read.messages, new Times(read.answers, read.seconds));
    }

    private static final class Reading {

        private final Map<String, Long> attempts = new TreeMap<>();
        private final Map<String, Long> messages = new TreeMap<>();
        private long open;
        private long draining;
        private long answers;
        private double seconds;

        private void sample(String name, String labels, String value) {
            switch (name) {
                case "rookery_gateway_active_connections" -> {
                    switch (label(labels, "state")) {
                        case "open" -> open += whole(value);
                        case "draining" -> draining += whole(value);
                        default -> {
                            // Those on their way in are connections of nobody yet.
                        }
                    }
                }
                case "rookery_gateway_connection_attempts_total" ->
                    attempts.merge(label(labels, "outcome"), whole(value), Long::sum);
                case "rookery_message_accepted_total" -> messages.merge(label(labels, TYPE), whole(value), Long::sum);
                case "rookery_message_duration_seconds_count" -> answers += whole(value);
                case "rookery_message_duration_seconds_sum" -> seconds += Double.parseDouble(value);
                default -> {
                    // Not on the page.
                }
            }
        }

        private static long whole(String value) {
            return Math.round(Double.parseDouble(value));
        }

        /// Empty when it has none of the name.
        private static String label(String labels, String name) {
            var label = LABEL.matcher(labels);
            while (label.find()) {
                if (label.group(1).equals(name)) {
                    return label.group(2);
                }
            }
            return "";
        }
    }
}
