package dev.rookery.knative.load.misdeed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// The YAML of a platform whose `rounds` can misbehave.
public final class Misbehaving {

    /// After which the function takes a command for hanging; the shortest that it allows, to wait less.
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private Misbehaving() {}

    /// Writes an overlay. In it `rounds` has the agent, and its commands are tried less often than in earnest, where
    /// the waits between ten tries add up to minutes.
    ///
    /// @param home   folder of the project
    /// @param folder gets the overlay and the agent
    /// @param base   the project's overlay that it is laid over, such as `awake`
    /// @param retry  of the KafkaSource: tries after the first
    /// @return the overlay
    public static Path overlay(Path home, Path folder, String base, int retry) {
        try {
            return written(home.resolve("knative").resolve("overlays").resolve(base), folder, retry);
        } catch (IOException e) {
            throw new UncheckedIOException("the overlay cannot be written", e);
        }
    }

    private static Path written(Path below, Path folder, int retry) throws IOException {
        var overlay = Files.createDirectories(folder.resolve("overlay"));
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources:
                  - %s
                patches:
                  - target: {group: sources.knative.dev, kind: KafkaSource, name: rounds-commands}
                    patch: |-
                      - {op: replace, path: /spec/delivery/retry, value: %d}
                  - target: {group: serving.knative.dev, kind: Service, name: rounds}
                    patch: |-
                      - op: add
                        path: /spec/template/spec/containers/0/env/-
                        value: {name: JAVA_TOOL_OPTIONS, value: "%s"}
                      - op: add
                        path: /spec/template/spec/containers/0/env/-
                        value: {name: ROOKERY_DELIVERY_TIMEOUT, value: %ds}
                """.formatted(
                        overlay.toRealPath().relativize(below.toRealPath()),
                        retry,
                        AgentJar.option(folder, MisdeedAgent.class, ""),
                        PATIENCE.toSeconds()));
        return overlay;
    }
}
