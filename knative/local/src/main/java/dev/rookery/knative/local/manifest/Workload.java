package dev.rookery.knative.local.manifest;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What runs as a process: the container of a Knative Service or of a Deployment.
///
/// @param image        `rookery/<name>`
/// @param environment  set in the manifest itself
/// @param podNames     variables that hold the name of the pod, one of several of the workload
/// @param configMaps   whose entries become variables, by name
/// @param secrets      whose entries become variables, by name
/// @param mounts       ConfigMaps that are folders, by the path where the container sees them
/// @param readiness    path on the management port that says whether it is ready
/// @param concurrency  requests at a time that an instance takes; 0 for no limit
/// @param scaling      how many instances there are of a service
/// @param memoryBytes  that it may use
/// @param grace        between being told to stop and being killed
public record Workload(
        String name,
        Kind kind,
        String image,
        Map<String, String> environment,
        List<String> podNames,
        List<String> configMaps,
        List<String> secrets,
        Map<String, String> mounts,
        String readiness,
        int concurrency,
        Scaling scaling,
        long memoryBytes,
        Duration grace) {

    public Workload {
        environment = Map.copyOf(environment);
        podNames = List.copyOf(podNames);
        configMaps = List.copyOf(configMaps);
        secrets = List.copyOf(secrets);
        mounts = Map.copyOf(mounts);
    }

    /// What keeps it running.
    public enum Kind {
        /// A Knative Service: events are delivered to it.
        SERVICE,
        /// A Deployment: players connect to it.
        DEPLOYMENT
    }
}
