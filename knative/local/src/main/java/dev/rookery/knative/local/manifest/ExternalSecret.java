package dev.rookery.knative.local.manifest;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;

/// External Secrets' resource, as much of it as is used here: a Secret whose every entry comes from a store.
record ExternalSecret(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

    record Spec(String refreshInterval, StoreRef secretStoreRef, Target target, List<From> dataFrom) {}

    record StoreRef(String kind, String name) {}

    record Target(String name) {}

    record From(Extract extract) {}

    record Extract(String key) {}
}
