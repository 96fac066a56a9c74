package dev.rookery.knative.local.manifest;

import dev.rookery.eventing.catalog.CatalogFolder;
import dev.rookery.eventing.contract.Catalog;
import dev.rookery.eventing.contract.Lane;
import dev.rookery.eventing.contract.Topics;
import io.fabric8.knative.eventing.v1beta3.EventType;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Names, topics, types and ports are said in catalogs, in code, in manifests and by the gateway. Finds every place
/// where two of them do not say the same.
final class Agreement {

    private static final String PART = "rookery.dev/part";
    private static final String DELIVERY = "eventing/delivery/src/main/";
    private static final String GATEWAY = "gateway/server/src/main/";
    private static final Pattern BEAN =
            Pattern.compile("@Bean\\s+Function<(Command|Query)<.+>, (Outcome|Answer)> (\\w+)\\(");

    private final ProjectFiles files;
    private final Manifests manifests;
    private final List<StrictYaml.Document> documents;
    private final List<String> mismatches = new ArrayList<>();

    private Agreement(ProjectFiles files) {
        this.files = files;
        this.manifests = Manifests.read(files.of("knative/overlays/local"));
        this.documents = files.documents();
    }

    static List<String> mismatches(ProjectFiles files) {
        var agreement = new Agreement(files);
        agreement.look();
        return agreement.mismatches;
    }

    private void look() {
        same("Knative Services", files.functions(), workloads(Workload.Kind.SERVICE));
        topics();
        for (var function : files.functions()) {
            var catalog = CatalogFolder.read(files.of("functions/" + function + "/src/main/resources/catalog"));
            sources(function, catalog);
            eventTypes(function, catalog);
            code(function, catalog);
            deployment(function);
            timers(function);
        }
        ports();
        variables();
        accounts();
        parts();
        gateway();
    }

    private List<String> workloads(Workload.Kind kind) {
        return manifests.workloads().stream()
                .filter(workload -> workload.kind() == kind)
                .map(Workload::name)
                .toList();
    }

    private void topics() {
        var expected = new HashSet<>(Set.of(Topics.DEAD_LETTERS, Topics.LEDGER_SEALS, Topics.SIGNIFICANT));
        for (var function : files.functions()) {
            expected.addAll(List.of(Topics.commands(function), Topics.queries(function), Topics.facts(function)));
        }
        same("topics", expected, manifests.topics().stream().map(Topic::name).toList());
    }

    private void sources(String function, Catalog catalog) {
        var expected = catalog.entries().values().stream()
                .map(entry -> source(entry) + " from " + entry.topic() + " as " + source(entry))
                .collect(Collectors.toSet());
        expected.add(function + "-given-up from " + Topics.DEAD_LETTERS + " as " + function + "-given-up");
        var found = manifests.sources().stream()
                .filter(source -> source.service().equals(function))
                .map(source ->
                        source.name() + " from " + String.join(",", source.topics()) + " as " + source.consumerGroup())
                .toList();
        same("KafkaSources of " + function, expected, found);
    }

    private void eventTypes(String function, Catalog catalog) {
        var expected = new TreeMap<String, String>();
        catalog.entries().forEach((type, entry) -> expected.put(type.value(), "KafkaSource " + source(entry)));
        catalog.significant().keySet().forEach(type -> expected.put(type.value(), "nothing"));
        var found = new TreeMap<String, String>();
        ProjectFiles.all(documents, "eventing.knative.dev/v1beta3/EventType", EventType.class)
                .forEach((name, type) -> {
                    if (name.startsWith(function + ".")) {
                        found.put(name, reference(type));
                        equal("EventType " + name + ": type", name, attribute(type, "type"));
                        equal("EventType " + name + ": specversion", "1.0", attribute(type, "specversion"));
                        // Knative refuses one without.
                        attribute(type, "id");
                        attribute(type, "source");
                    }
                });
        same("EventTypes of " + function, lines(expected), lines(found));
    }

    private void code(String function, Catalog catalog) {
        var code = files.code(function);
        var expected = catalog.entries().values().stream()
                .map(entry -> bean(entry.type().name()) + " of " + (entry.lane() == Lane.COMMAND ? "Command" : "Query"))
                .toList();
        var found = new ArrayList<String>();
        var beans = BEAN.matcher(code);
        while (beans.find()) {
            found.add(beans.group(3) + " of " + beans.group(1));
        }
        same("beans of " + function, expected, found);
        for (var fact : catalog.significant().keySet()) {
            check(code.contains('"' + fact.value() + '"'), fact + ": significant (expected: a fact of the code's)");
        }
        var name = files.find("functions/" + function + "/src/main/resources/application.yaml", "function: (\\S+)");
        equal("application.yaml of " + function + ": rookery.function", function, name);
    }

    private void deployment(String function) {
        var pods = ProjectFiles.pods(documents);
        var service = pods.stream()
                .filter(pod -> pod.kind().equals("Service") && pod.name().equals(function))
                .findFirst();
        var job = pods.stream()
                .filter(pod -> pod.name().equals(function + "-migrate"))
                .findFirst();
        check(job.isPresent(), "Job " + function + "-migrate: none");
        if (service.isEmpty() || job.isEmpty()) {
            return;
        }
        var image = "rookery/" + function;
        equal("image of " + function, image, container(service.get()).getImage());
        equal("image of " + function + "-migrate", image, container(job.get()).getImage());
        equal(
                "ROOKERY_SCHEMAS of " + function + "-migrate",
                environment(service.get()).getOrDefault("ROOKERY_SCHEMAS", function),
                environment(job.get()).getOrDefault("ROOKERY_SCHEMAS", function));
        equal(
                "ROOKERY_MIGRATE of " + function + "-migrate",
                "only",
                environment(job.get()).get("ROOKERY_MIGRATE"));
        check(
                secrets(service.get()).contains(function + "-postgres"),
                function + ": no Secret " + function + "-postgres");
        same("Secrets of " + function + "-migrate", List.of(function + "-owner"), secrets(job.get()));
        equal(
                "containerConcurrency of " + function,
                files.find(
                        DELIVERY + "java/dev/rookery/eventing/delivery/DeliverySettings.java",
                        "@DefaultValue\\(\"(\\d+)\"\\) int maxConcurrent"),
                Integer.toString(manifests.workloads().stream()
                        .filter(workload -> workload.name().equals(function))
                        .findFirst()
                        .orElseThrow()
                        .concurrency()));
    }

    /// What is done by the clock is done by a timer at the latest; who counts on that waits for longer.
    private void timers(String function) {
        int sweepAfter = Integer.parseInt(files.find(
                DELIVERY + "java/dev/rookery/eventing/delivery/DeliverySettings.java",
                "@DefaultValue\\(\"(\\d+)m\"\\) Duration sweepAfter"));
        int ackGrace = Integer.parseInt(files.find(
                "eventing/stream/src/main/java/dev/rookery/eventing/stream/StreamSettings.java",
                "@DefaultValue\\(\"(\\d+)m\"\\) Duration ackGrace"));
        int openRounds = Integer.parseInt(files.find(
                "functions/ledger/src/main/java/dev/rookery/functions/ledger/audit/Invariants.java",
                "deadline < now\\(\\) - interval '(\\d+) minutes'"));
        int longest = Math.min(ackGrace - sweepAfter, openRounds);
        manifests.pings().stream()
                .filter(ping -> ping.service().equals(function))
                .forEach(ping -> check(
                        ping.schedule().minutes() < longest,
                        "PingSource of " + function + ": every "
                                + ping.schedule().minutes() + " minutes (expected: < " + longest + ")"));
    }

    /// What processes listen on when nobody tells them is what manifests say.
    private void ports() {
        for (var pod : ProjectFiles.pods(documents)) {
            if (pod.serves()) {
                var settings = pod.kind().equals("Deployment")
                        ? GATEWAY + "resources/application.yaml"
                        : DELIVERY + "resources/delivery.yaml";
                var management = files.find(settings, "MANAGEMENT_SERVER_PORT:(\\d+)");
                var container = container(pod);
                equal(
                        pod.name() + ": port",
                        files.find(settings, "\\{PORT:(\\d+)"),
                        container.getPorts().getFirst().getContainerPort().toString());
                equal(
                        pod.name() + ": MANAGEMENT_SERVER_PORT",
                        management,
                        environment(pod).get("MANAGEMENT_SERVER_PORT"));
                for (var probe : List.of(
                        container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe())) {
                    equal(
                            pod.name() + ": probe",
                            management,
                            probe.getHttpGet().getPort().getValue().toString());
                }
            }
        }
        var players = files.find(GATEWAY + "resources/application.yaml", "\\{PORT:(\\d+)");
        var management = files.find(GATEWAY + "resources/application.yaml", "MANAGEMENT_SERVER_PORT:(\\d+)");
        equal("NetworkPolicy gateway-players", players, ingressPort("gateway-players"));
        equal("NetworkPolicy telemetry", management, ingressPort("telemetry"));
    }

    private String ingressPort(String name) {
        var policy = ProjectFiles.one(documents, "networking.k8s.io/v1/NetworkPolicy", name, NetworkPolicy.class);
        var ingress = policy.getSpec().getIngress().getFirst();
        return ingress.getPorts().getFirst().getPort().getValue().toString();
    }

    /// A variable that nobody reads is a mistake in its name.
    private void variables() {
        var settings = files.text(DELIVERY + "resources/delivery.yaml")
                + files.text(GATEWAY + "resources/application.yaml")
                + files.functions().stream()
                        .map(function -> files.text("functions/" + function + "/src/main/resources/application.yaml"))
                        .collect(Collectors.joining());
        var names = new TreeSet<String>();
        ProjectFiles.pods(documents)
                .forEach(pod -> names.addAll(environment(pod).keySet()));
        files.text("knative/overlays/production/rookery.env")
                .lines()
                .filter(line -> line.contains("=") && !line.startsWith("#"))
                .forEach(line -> names.add(line.substring(0, line.indexOf('='))));
        // Spring's own name for a property, which the code asks for.
        names.remove("OTEL_EXPORTER_OTLP_ENDPOINT");
        for (var name : names) {
            check(
                    settings.contains("${" + name + ":") || settings.contains("${" + name + "}"),
                    "variable " + name + ": nobody reads it");
        }
    }

    private void accounts() {
        var accounts = ProjectFiles.all(documents, "v1/ServiceAccount", ServiceAccount.class);
        var used = ProjectFiles.pods(documents).stream()
                .map(pod -> pod.spec().getServiceAccountName())
                .collect(Collectors.toSet());
        same("ServiceAccounts", used, accounts.keySet());
        accounts.forEach((name, account) -> check(
                Boolean.FALSE.equals(account.getAutomountServiceAccountToken()),
                "ServiceAccount " + name + ": automountServiceAccountToken"));
    }

    /// Policies know pods by their part: one without is shut in, and one with another is not let in.
    private void parts() {
        var parts = ProjectFiles.pods(documents).stream()
                .map(pod -> pod.labels().getOrDefault(PART, "none of " + pod.name()))
                .collect(Collectors.toSet());
        same("parts", Set.of("function", "gateway", "migration"), parts);
    }

    private void gateway() {
        var deployment = ProjectFiles.one(documents, "apps/v1/Deployment", "gateway", Deployment.class);
        var template = deployment.getSpec().getTemplate();
        var labels = template.getMetadata().getLabels();
        equal("selector of gateway", labels, deployment.getSpec().getSelector().getMatchLabels());
        equal(
                "selector of PodDisruptionBudget gateway",
                labels,
                ProjectFiles.one(documents, "policy/v1/PodDisruptionBudget", "gateway", PodDisruptionBudget.class)
                        .getSpec()
                        .getSelector()
                        .getMatchLabels());
        for (var spread : template.getSpec().getTopologySpreadConstraints()) {
            equal("selector of spread", labels, spread.getLabelSelector().getMatchLabels());
        }
        var service = ProjectFiles.one(documents, "v1/Service", "gateway", Service.class);
        equal("selector of Service gateway", labels, service.getSpec().getSelector());
        var named = template.getSpec().getContainers().getFirst().getPorts().stream()
                .map(port -> port.getName())
                .toList();
        service.getSpec()
                .getPorts()
                .forEach(port -> check(
                        named.contains(String.valueOf(port.getTargetPort().getValue())),
                        "targetPort of Service gateway: " + port.getTargetPort().getValue() + " (expected: one of "
                                + named + ")"));
        drain(
                template.getSpec().getTerminationGracePeriodSeconds(),
                template.getSpec()
                        .getContainers()
                        .getFirst()
                        .getLifecycle()
                        .getPreStop()
                        .getSleep()
                        .getSeconds());
        autoscaler(ProjectFiles.one(
                documents, "autoscaling/v2/HorizontalPodAutoscaler", "gateway", HorizontalPodAutoscaler.class));
    }

    /// From SIGTERM on: whoever is killed while its players leave has not drained.
    private void drain(long graceSeconds, long preStopSeconds) {
        var settings = GATEWAY + "java/dev/rookery/gateway/drain/DrainSettings.java";
        long drainSeconds = seconds(files.find(settings, "@DefaultValue\\(\"(\\d+)s\"\\) Duration balancerWait"))
                + seconds(files.find(settings, "@DefaultValue\\(\"(\\d+)s\"\\) Duration over"))
                + seconds(files.find(settings, "@DefaultValue\\(\"(\\d+)s\"\\) Duration reconnectWithin"))
                + seconds(files.find(settings, "@DefaultValue\\(\"(\\d+)s\"\\) Duration grace"))
                + seconds(files.find(settings, "LAST_GOODBYES = Duration.ofSeconds\\((\\d+)\\)"));
        // Boot then closes what the gateway leans on.
        long closingSeconds = 10;
        check(
                preStopSeconds + drainSeconds + closingSeconds <= graceSeconds,
                "terminationGracePeriodSeconds of gateway: " + graceSeconds + " (expected: >= "
                        + (preStopSeconds + drainSeconds + closingSeconds) + ")");
    }

    private void autoscaler(HorizontalPodAutoscaler autoscaler) {
        equal(
                "target of the autoscaler",
                "Deployment gateway",
                autoscaler.getSpec().getScaleTargetRef().getKind() + " "
                        + autoscaler.getSpec().getScaleTargetRef().getName());
        var pods = autoscaler.getSpec().getMetrics().getFirst().getPods();
        var meters = GATEWAY + "java/dev/rookery/gateway/transport/EdgeMeters.java";
        equal(
                "metric of the autoscaler",
                files.find(meters, "registry.gauge\\(\\s*\"([a-z_.]+)\"").replace('.', '_'),
                pods.getMetric().getName());
        var state = pods.getMetric().getSelector().getMatchLabels().get("state");
        check(
                files.text(meters).contains("Tags.of(\"state\", \"" + state + "\")"),
                "state of the autoscaler's metric: " + state);
        var most = files.find(
                GATEWAY + "java/dev/rookery/gateway/admission/AdmissionSettings.java",
                "@DefaultValue\\(\"(\\d+)\"\\) int maxConnections");
        check(
                Long.parseLong(pods.getTarget().getAverageValue().getAmount()) < Long.parseLong(most),
                "averageValue of the autoscaler: " + pods.getTarget().getAverageValue() + " (expected: < " + most
                        + ")");
    }

    private static String source(Catalog.Entry entry) {
        return entry.type().function() + (entry.lane() == Lane.COMMAND ? "-commands" : "-queries");
    }

    private static String reference(EventType type) {
        var reference = type.getSpec().getReference();
        return reference == null ? "nothing" : reference.getKind() + " " + reference.getName();
    }

    private String attribute(EventType type, String name) {
        var attribute = type.getSpec().getAttributes().stream()
                .filter(each -> each.getName().equals(name) && Boolean.TRUE.equals(each.getRequired()))
                .findFirst();
        check(attribute.isPresent(), "EventType " + type.getMetadata().getName() + ": no attribute " + name);
        return String.valueOf(attribute.map(each -> each.getValue()).orElse("none"));
    }

    /// `placeBet` of `place-bet`.
    private static String bean(String name) {
        return Pattern.compile("-([a-z0-9])")
                .matcher(name)
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }

    private static Container container(ProjectFiles.Pod pod) {
        return pod.spec().getContainers().getFirst();
    }

    private static Map<String, String> environment(ProjectFiles.Pod pod) {
        var environment = new HashMap<String, String>();
        container(pod).getEnv().forEach(each -> environment.put(each.getName(), String.valueOf(each.getValue())));
        return environment;
    }

    private static List<String> secrets(ProjectFiles.Pod pod) {
        return container(pod).getEnvFrom().stream()
                .filter(from -> from.getSecretRef() != null)
                .map(from -> from.getSecretRef().getName())
                .toList();
    }

    private static long seconds(String text) {
        return Long.parseLong(text);
    }

    private static List<String> lines(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + " of " + entry.getValue())
                .toList();
    }

    private void same(String what, Collection<String> expected, Collection<String> found) {
        var missing = new TreeSet<>(expected);
        missing.removeAll(new HashSet<>(found));
        var foreign = new TreeSet<>(found);
        foreign.removeAll(new HashSet<>(expected));
        missing.forEach(each -> mismatches.add(what + ": " + each + " is missing"));
        foreign.forEach(each -> mismatches.add(what + ": " + each + " is not expected"));
    }

    private void equal(String what, Object expected, @Nullable Object found) {
        check(expected.equals(found), what + ": " + found + " (expected: " + expected + ")");
    }

    private void check(boolean isSo, String mismatch) {
        if (!isSo) {
            mismatches.add(mismatch);
        }
    }
}
