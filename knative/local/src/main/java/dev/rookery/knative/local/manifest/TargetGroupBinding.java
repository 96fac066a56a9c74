package dev.rookery.knative.local.manifest;

import io.fabric8.kubernetes.api.model.ObjectMeta;

/// How pods get into a balancer's group of targets, as much of it as is used here.
record TargetGroupBinding(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

    /// @param targetGroupARN of a group that somebody else made
    /// @param targetType     `ip` for pods' own addresses
    record Spec(ServiceRef serviceRef, String targetGroupARN, String targetType) {}

    record ServiceRef(String name, int port) {}
}
