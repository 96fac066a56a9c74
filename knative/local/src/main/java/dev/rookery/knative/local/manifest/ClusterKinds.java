package dev.rookery.knative.local.manifest;

import static java.util.Map.entry;

import io.fabric8.knative.eventing.v1beta3.EventType;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.util.Map;

/// What only a cluster has, by `apiVersion/Kind`. One machine does nothing with it, and reads it as strictly as
/// what it runs: a misspelt field of a policy would otherwise be found by whoever it lets in.
final class ClusterKinds {

    private static final Map<String, Class<?>> MODELS = Map.ofEntries(
            entry("v1/Namespace", Namespace.class),
            // Load balancing: here players connect to the process itself.
            entry("v1/Service", Service.class),
            entry("v1/ServiceAccount", ServiceAccount.class),
            // Functions bring their schemas up to date themselves when they start here.
            entry("batch/v1/Job", Job.class),
            entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            entry("monitoring.coreos.com/v1/PodMonitor", PodMonitor.class),
            entry("eventing.knative.dev/v1beta3/EventType", EventType.class),
            entry("external-secrets.io/v1/ExternalSecret", ExternalSecret.class),
            entry("eks.amazonaws.com/v1/TargetGroupBinding", TargetGroupBinding.class));

    private ClusterKinds() {}

    static void read(StrictYaml.Document document) {
        var model = MODELS.get(document.kind());
        if (model == null) {
            throw document.complaint("kind: " + document.kind()
                    + " (expected: a Knative Service, a Deployment, a KafkaSource, a PingSource, a KafkaSink, a"
                    + " KafkaTopic, or one of "
                    + MODELS.keySet().stream().sorted().toList() + ")");
        }
        document.as(model);
    }
}
