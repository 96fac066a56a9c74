package dev.rookery.knative.local;

import dev.rookery.knative.backing.Ports;
import dev.rookery.knative.local.manifest.Workload;
import dev.rookery.knative.local.process.App;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a manifest's container becomes on this machine: ports of its own on loopback, folders instead of mounts,
/// and what ConfigMaps and Secrets hold in a cluster.
final class AppSpecs {

    private static final String IMAGES = "rookery/";
    /// Of the memory that a container may use, what the heap gets; the rest is for threads, code and buffers.
    private static final double HEAP_SHARE = 0.6;

    /// A process that was trained ends when its cache is written.
    private static final Duration CACHE_BOUND = Duration.ofMinutes(3);

    private final UpSettings settings;
    private final Map<String, Path> folders;
    private final Map<String, Map<String, String>> entries;

    /// @param folders ConfigMaps that are mounted, by name
    /// @param entries of ConfigMaps and Secrets that become variables, by name
    AppSpecs(UpSettings settings, Map<String, Path> folders, Map<String, Map<String, String>> entries) {
        this.settings = settings;
        this.folders = folders;
        this.entries = entries;
    }

    /// @param jar what is run, such as [#jar(Workload)]
    App.Spec of(Workload workload, Instance instance, Path jar) {
        int management = Ports.free();
        return new App.Spec(
                instance.name(),
                jar,
                options(workload, jar),
                instance.port(),
                management,
                workload.readiness(),
                environment(workload, instance, management),
                settings.logs(),
                settings.training() ? workload.grace().plus(CACHE_BOUND) : workload.grace());
    }

    /// What was built for it.
    Path jar(Workload workload) {
        var name = workload.image().substring(IMAGES.length());
        var module = switch (workload.kind()) {
            case SERVICE -> settings.home().resolve("functions").resolve(name);
            case DEPLOYMENT -> settings.home().resolve(name).resolve("server");
        };
        var file = workload.kind() == Workload.Kind.SERVICE ? name + ".jar" : name + "-server.jar";
        var jar = module.resolve("target").resolve("app").resolve(file);
        if (!Files.exists(jar)) {
            throw new IllegalStateException("image: " + workload.image() + " is " + jar
                    + " here, which is not built (expected: after ./mvnw package)");
        }
        return jar;
    }

    /// A cache is written beside what was built, whatever copy of it runs, and read beside the copy.
    private List<String> options(Workload workload, Path jar) {
        var options = new ArrayList<>(List.of(
                "-Xmx" + (long) (workload.memoryBytes() * HEAP_SHARE / 1024 / 1024) + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        if (workload.kind() == Workload.Kind.SERVICE) {
            // Those that come and go are there sooner with the first compiler alone, and no slower afterwards: see
            // functions.
            options.add("-XX:TieredStopAtLevel=1");
        }
        options.addAll(settings.training() ? new AotCache(jar(workload)).writing() : new AotCache(jar).reading());
        return options;
    }

    private Map<String, String> environment(Workload workload, Instance instance, int management) {
        var environment = new HashMap<String, String>();
        workload.configMaps().forEach(name -> environment.putAll(entries("ConfigMap", name)));
        workload.secrets().forEach(name -> environment.putAll(entries("Secret", name)));
        workload.environment().forEach((name, value) -> environment.put(name, local(workload, value)));
        workload.podNames().forEach(variable -> environment.put(variable, instance.name()));
        environment.put("PORT", Integer.toString(instance.port()));
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(management));
        // The gateway's one web server is its management server, which then has no address of its own.
        if (workload.kind() == Workload.Kind.SERVICE) {
            environment.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
        }
        return environment;
    }

    private Map<String, String> entries(String kind, String name) {
        var found = entries.get(name);
        if (found == null) {
            throw new IllegalStateException(
                    kind + ": " + name + " is not known on one machine (expected: one of " + entries.keySet() + ")");
        }
        return found;
    }

    /// A path that is mounted is a folder of ours.
    private String local(Workload workload, String value) {
        var map = workload.mounts().get(value);
        if (map == null) {
            return value;
        }
        var folder = folders.get(map);
        if (folder == null) {
            throw new IllegalStateException(
                    "ConfigMap: " + map + " is not generated (expected: one of " + folders.keySet() + ")");
        }
        return folder.toString();
    }
}
