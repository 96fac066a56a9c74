package dev.rookery.knative.local.manifest;

import io.fabric8.knative.serving.v1.Service;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads how a Knative Service is scaled from its annotations. One that is misspelt, or that nothing is done with
/// here, is refused: in a cluster it would be ignored in silence.
final class ScalingReader {

    private static final String SCALING = "autoscaling.knative.dev/";
    private static final String ROLLOUT = "serving.knative.dev/rollout-duration";
    private static final Set<String> KNOWN = Set.of(
            "min-scale",
            "max-scale",
            "metric",
            "target",
            "target-utilization-percentage",
            "target-burst-capacity",
            "window",
            "panic-window-percentage",
            "panic-threshold-percentage",
            "scale-to-zero-pod-retention-period",
            "scale-down-delay",
            "activation-scale");
    /// Go's, as far as whole numbers go.
    private static final Pattern DURATION = Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?");
    private static final Duration LEAST_WINDOW = Duration.ofSeconds(6);
    private static final Duration MOST_WINDOW = Duration.ofHours(1);

    private final StrictYaml.Document document;
    private final Map<String, String> annotations;

    private ScalingReader(StrictYaml.Document document, Map<String, String> annotations) {
        this.document = document;
        this.annotations = annotations;
    }

    static Scaling read(StrictYaml.Document document, Service service) {
        var template = service.getSpec().getTemplate();
        var annotations = template.getMetadata() == null
                ? Map.<String, String>of()
                : template.getMetadata().getAnnotations();
        var rollout = service.getMetadata().getAnnotations();
        var concurrency = template.getSpec().getContainerConcurrency();
        var reader = new ScalingReader(document, annotations == null ? Map.of() : annotations);
        reader.refuseUnknown();
        return reader.read(
                concurrency == null ? 0 : Math.toIntExact(concurrency),
                reader.duration(ROLLOUT, rollout == null ? null : rollout.get(ROLLOUT), Duration.ZERO));
    }

    private void refuseUnknown() {
        var unknown = new TreeSet<String>();
        annotations.keySet().stream()
                .filter(name -> name.startsWith(SCALING) && !KNOWN.contains(name.substring(SCALING.length())))
                .forEach(unknown::add);
        if (!unknown.isEmpty()) {
            throw document.complaint(
                    "annotations: " + unknown + " (expected: of " + SCALING + " only " + new TreeSet<>(KNOWN) + ")");
        }
    }

    /// @param concurrency that an instance takes; 0 for no limit
    private Scaling read(int concurrency, Duration rollout) {
        var metric = annotations.getOrDefault(SCALING + "metric", "concurrency");
        if (!"concurrency".equals(metric)) {
            throw document.complaint(SCALING + "metric: " + metric + " (expected: concurrency)");
        }
        var window = duration("window", Scaling.DEFAULT.window());
        if (window.compareTo(LEAST_WINDOW) < 0 || window.compareTo(MOST_WINDOW) > 0) {
            throw document.complaint(SCALING + "window: " + window + " (expected: 6s to 1h)");
        }
        double share = number("panic-window-percentage", 10, 1, 100) / 100;
        try {
            return new Scaling(
                    (int) number("min-scale", 0, 0, 1_000),
                    (int) number("max-scale", 0, 0, 1_000),
                    target(concurrency),
                    window,
                    Duration.ofNanos((long) (window.toNanos() * share)),
                    number("panic-threshold-percentage", 200, 110, 1_000) / 100,
                    duration("scale-to-zero-pod-retention-period", Duration.ZERO),
                    duration("scale-down-delay", Duration.ZERO),
                    (int) number("activation-scale", 1, 1, 1_000),
                    rollout);
        } catch (IllegalArgumentException e) {
            throw document.complaint(SCALING + e.getMessage());
        }
    }

    /// The soft limit is never above the hard one, and both are only used in part.
    private double target(int concurrency) {
        double most = concurrency == 0 ? 100 : concurrency;
        double said = number("target", most, 0.01, 1_000_000);
        double utilization = number("target-utilization-percentage", 70, 1, 100) / 100;
        return (concurrency == 0 ? said : Math.min(said, concurrency)) * utilization;
    }

    private double number(String name, double otherwise, double least, double most) {
        var text = annotations.get(SCALING + name);
        if (text == null) {
            return otherwise;
        }
        try {
            double number = Double.parseDouble(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw document.complaint(SCALING + name + ": " + text + " (expected: a number)");
        }
        throw document.complaint(SCALING + name + ": " + text + " (expected: " + least + ".." + most + ")");
    }

    private Duration duration(String name, Duration otherwise) {
        return duration(SCALING + name, annotations.get(SCALING + name), otherwise);
    }

    private Duration duration(String name, @Nullable String text, Duration otherwise) {
        if (text == null) {
            return otherwise;
        }
        Matcher parts = DURATION.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw document.complaint(name + ": " + text + " (expected: such as 90s, 5m or 1h30m)");
        }
        return Duration.ofHours(part(parts, 1)).plusMinutes(part(parts, 2)).plusSeconds(part(parts, 3));
    }

    private static long part(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
    }
}
