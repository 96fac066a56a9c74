package dev.rookery.knative.local.manifest;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// External Secrets' resource, as much of it as is used here: a Secret whose every entry comes from a store.
record ExternalSecret(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

    record Spec(String refreshInterval, StoreRef secretStoreRef, Target target, List<From> dataFrom) {}

    record StoreRef(String kind, String name) {}

    record Target(String name, @Nullable Template template) {}

    record Template(Map<String, String> data) {}

    record From(Extract extract) {}

    record Extract(String key) {}
}
