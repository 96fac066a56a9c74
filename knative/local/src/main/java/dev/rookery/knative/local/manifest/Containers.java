package dev.rookery.knative.local.manifest;

import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.EnvVarSourceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the one container of a Knative Service or a Deployment.
final class Containers {

    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(30);

    private static final EnvVarSource POD_NAME = new EnvVarSourceBuilder()
            .withNewFieldRef()
            .withFieldPath("metadata.name")
            .endFieldRef()
            .build();

    private Containers() {}

    static Workload service(StrictYaml.Document document, Service service) {
        var spec = service.getSpec().getTemplate().getSpec();
        var concurrency = spec.getContainerConcurrency();
        return workload(
                document,
                service.getMetadata().getName(),
                Workload.Kind.SERVICE,
                spec.getContainers(),
                spec.getVolumes(),
                concurrency == null ? 0 : Math.toIntExact(concurrency),
                ScalingReader.read(document, service),
                spec.getTimeoutSeconds());
    }

    static Workload deployment(StrictYaml.Document document, Deployment deployment) {
        var spec = deployment.getSpec().getTemplate().getSpec();
        return workload(
                document,
                deployment.getMetadata().getName(),
                Workload.Kind.DEPLOYMENT,
                spec.getContainers(),
                spec.getVolumes(),
                0,
                Scaling.DEFAULT,
                spec.getTerminationGracePeriodSeconds());
    }

    private static Workload workload(
            StrictYaml.Document document,
            String name,
            Workload.Kind kind,
            List<Container> containers,
            List<Volume> volumes,
            int concurrency,
            Scaling scaling,
            @Nullable Long graceSeconds) {
        if (containers.size() != 1) {
            throw document.complaint(name + ": " + containers.size() + " containers (expected: 1)");
        }
        var container = containers.getFirst();
        return new Workload(
                name,
                kind,
                container.getImage(),
                environment(document, container),
                podNames(document, container),
                container.getEnvFrom().stream()
                        .filter(from -> from.getConfigMapRef() != null)
                        .map(from -> from.getConfigMapRef().getName())
                        .toList(),
                container.getEnvFrom().stream()
                        .filter(from -> from.getSecretRef() != null)
                        .map(from -> from.getSecretRef().getName())
                        .toList(),
                mounts(document, container, volumes),
                readiness(document, container),
                concurrency,
                scaling,
                memory(document, container),
                graceSeconds == null ? DEFAULT_GRACE : Duration.ofSeconds(graceSeconds));
    }

    private static Map<String, String> environment(StrictYaml.Document document, Container container) {
        var environment = new HashMap<String, String>();
        for (var variable : container.getEnv()) {
            if (variable.getValueFrom() != null) {
                continue;
            }
            if (variable.getValue() == null) {
                throw document.complaint("env " + variable.getName() + ": no value (expected: one; take what is not"
                        + " plain from a ConfigMap or a Secret by envFrom)");
            }
            environment.put(variable.getName(), variable.getValue());
        }
        return environment;
    }

    /// Of what Kubernetes can tell a container about itself, the name of its pod is all that is known here.
    private static List<String> podNames(StrictYaml.Document document, Container container) {
        var names = new ArrayList<String>();
        for (var variable : container.getEnv()) {
            var from = variable.getValueFrom();
            if (from == null) {
                continue;
            }
            if (variable.getValue() != null || !from.equals(POD_NAME)) {
                throw document.complaint("env " + variable.getName()
                        + ": valueFrom (expected: a value, or nothing but a fieldRef to metadata.name)");
            }
            names.add(variable.getName());
        }
        return names;
    }

    private static Map<String, String> mounts(StrictYaml.Document document, Container container, List<Volume> volumes) {
        var mounts = new HashMap<String, String>();
        for (var mount : container.getVolumeMounts()) {
            var volume = volumes.stream()
                    .filter(each -> each.getName().equals(mount.getName()))
                    .findFirst()
                    .orElseThrow(() -> document.complaint("volumeMount: " + mount.getName() + " is no volume"));
            if (volume.getConfigMap() == null) {
                throw document.complaint("volume: " + volume.getName() + " (expected: a configMap)");
            }
            mounts.put(mount.getMountPath(), volume.getConfigMap().getName());
        }
        return mounts;
    }

    private static String readiness(StrictYaml.Document document, Container container) {
        var probe = container.getReadinessProbe();
        if (probe == null || probe.getHttpGet() == null) {
            throw document.complaint("readinessProbe: none (expected: an httpGet)");
        }
        return probe.getHttpGet().getPath();
    }

    private static long memory(StrictYaml.Document document, Container container) {
        var resources = container.getResources();
        var limit = resources == null || resources.getLimits() == null
                ? null
                : resources.getLimits().get("memory");
        if (limit == null) {
            throw document.complaint("resources.limits.memory: none (expected: such as 384Mi)");
        }
        return Objects.requireNonNull(Quantity.getAmountInBytes(limit)).longValueExact();
    }
}
