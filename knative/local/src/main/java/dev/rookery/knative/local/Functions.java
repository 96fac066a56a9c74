package dev.rookery.knative.local;

import dev.rookery.knative.backing.Ports;
import dev.rookery.knative.local.dispatch.Sink;
import dev.rookery.knative.local.manifest.Manifests;
import dev.rookery.knative.local.manifest.Workload;
import dev.rookery.knative.local.process.App;
import dev.rookery.knative.local.process.Server;
import dev.rookery.knative.local.process.Supervised;
import dev.rookery.knative.local.scale.FunctionState;
import dev.rookery.knative.local.scale.RevisionSpec;
import dev.rookery.knative.local.scale.ScaledService;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// The Knative Services of a platform, by name; and how a running one gets a new revision.
final class Functions implements AutoCloseable, Operation {

    private final Map<String, ScaledService> services = new LinkedHashMap<>();
    private final AtomicInteger images = new AtomicInteger();
    private final Supplier<Manifests> manifests;
    private final AppSpecs specs;
    private final Images copies;
    private final HttpClient http;

    /// @param manifests read again for each revision
    Functions(Supplier<Manifests> manifests, AppSpecs specs, Images copies, HttpClient http) {
        this.manifests = manifests;
        this.specs = specs;
        this.copies = copies;
        this.http = http;
    }

    /// Makes a service known; it has no revision yet.
    void add(String name, String namespace, ScaledService.Listener listener) {
        var url = URI.create("http://" + name + "." + namespace + ".svc.cluster.local/");
        services.put(name, new ScaledService(name, url, listener));
    }

    /// Gives a service a revision, and waits until it gets all traffic.
    ///
    /// @return its number
    /// @throws IllegalStateException when it does not become ready
    int deploy(Workload workload) throws InterruptedException {
        return of(workload.name()).deploy(revision(workload));
    }

    Sink sink(String source, String name) {
        var service = services.get(name);
        if (service == null) {
            throw new IllegalStateException("source " + source + ": no service " + name);
        }
        return service;
    }

    List<FunctionState> states() {
        return services.values().stream().map(ScaledService::state).toList();
    }

    List<Supervised> instances() {
        var all = new ArrayList<Supervised>();
        services.values().forEach(service -> all.addAll(service.instances()));
        return all;
    }

    @Override
    public Outcome run(String name) throws InterruptedException {
        if (!services.containsKey(name)) {
            return new Outcome.Unknown("deploy: " + name + " (expected: one of " + services.keySet()
                    + "; one that is new comes with the platform's next start)");
        }
        long begun = System.nanoTime();
        try {
            var workload = manifests.get().workloads().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no manifest has it any more"));
            int number = deploy(workload);
            return new Outcome.Done(List.of(new Rolled(
                    name + ", revision " + number, Telling.since(begun).toMillis())));
        } catch (RuntimeException e) {
            // Whatever it was, such as a manifest that cannot be read: who asked is told, and nothing has changed.
            return new Outcome.Stuck("deploy: " + name + " goes on as it was: " + e.getMessage());
        }
    }

    private ScaledService of(String name) {
        var service = services.get(name);
        if (service == null) {
            throw new IllegalStateException("service: " + name + " (expected: one of " + services.keySet() + ")");
        }
        return service;
    }

    private RevisionSpec revision(Workload workload) {
        var jar = copies.take(specs.jar(workload), workload.name() + "-" + images.incrementAndGet());
        return new RevisionSpec(
                workload.scaling(),
                workload.concurrency(),
                workload.grace(),
                name -> Server.of(App.start(specs.of(workload, new Instance(name, Ports.free()), jar), http)),
                http);
    }

    /// Side by side: each may take its time.
    @Override
    public void close() {
        var ending = services.values().stream()
                .map(service ->
                        Thread.ofVirtual().name("ending-" + service.name()).start(service::close))
                .toList();
        for (var each : ending) {
            try {
                each.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
