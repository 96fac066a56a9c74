package dev.rookery.knative.local.manifest;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What every pod has to say of itself: how it is seen to be alive, what it may use, and that it is restricted.
final class Hardening {

    private final List<String> omissions = new ArrayList<>();

    private Hardening() {}

    static List<String> omissions(List<StrictYaml.Document> documents) {
        var hardening = new Hardening();
        ProjectFiles.pods(documents).forEach(hardening::look);
        return hardening.omissions;
    }

    private void look(ProjectFiles.Pod pod) {
        require(
                Boolean.FALSE.equals(pod.spec().getAutomountServiceAccountToken()),
                pod,
                "automountServiceAccountToken");
        require(pod.spec().getServiceAccountName() != null, pod, "serviceAccountName");
        for (var container : pod.spec().getContainers()) {
            look(pod, container);
        }
    }

    private void look(ProjectFiles.Pod pod, Container container) {
        if (pod.serves()) {
            probe(pod, "startupProbe", container.getStartupProbe());
            probe(pod, "readinessProbe", container.getReadinessProbe());
            probe(pod, "livenessProbe", container.getLivenessProbe());
        }
        var resources = container.getResources();
        quantities(pod, "requests", resources == null ? null : resources.getRequests(), List.of("cpu", "memory"));
        quantities(pod, "limits", resources == null ? null : resources.getLimits(), List.of("memory"));
        var context = container.getSecurityContext();
        require(context != null && Boolean.TRUE.equals(context.getRunAsNonRoot()), pod, "runAsNonRoot");
        require(
                context != null && Boolean.TRUE.equals(context.getReadOnlyRootFilesystem()),
                pod,
                "readOnlyRootFilesystem");
        require(
                context != null && Boolean.FALSE.equals(context.getAllowPrivilegeEscalation()),
                pod,
                "allowPrivilegeEscalation");
        require(
                context != null
                        && context.getCapabilities() != null
                        && context.getCapabilities().getDrop().equals(List.of("ALL"))
                        && context.getCapabilities().getAdd().isEmpty(),
                pod,
                "capabilities");
        require(
                context != null
                        && context.getSeccompProfile() != null
                        && "RuntimeDefault".equals(context.getSeccompProfile().getType()),
                pod,
                "seccompProfile");
    }

    private void probe(ProjectFiles.Pod pod, String name, @Nullable Probe probe) {
        require(probe != null && probe.getHttpGet() != null, pod, name);
    }

    private void quantities(
            ProjectFiles.Pod pod, String name, @Nullable Map<String, Quantity> said, List<String> expected) {
        expected.forEach(each -> require(said != null && said.containsKey(each), pod, name + "." + each));
    }

    private void require(boolean isSo, ProjectFiles.Pod pod, String what) {
        if (!isSo) {
            omissions.add(pod.kind() + " " + pod.name() + ": " + what);
        }
    }
}
