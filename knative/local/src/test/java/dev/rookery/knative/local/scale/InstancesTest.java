package dev.rookery.knative.local.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.knative.local.dispatch.HttpSink;
import java.net.URI;
import java.net.http.HttpClient;
import org.junit.jupiter.api.Test;

class InstancesTest {

    private final Instances instances = new Instances(1);

    @Test
    void oneThatWasRemovedMayComeBack() {
        var instance = instance();
        instances.add(instance);

        instances.remove(instance);
        instances.add(instance);

        assertThat(instances.ready()).isEqualTo(1);
    }

    @Test
    void oneThatWasRetiredDoesNotComeBack() {
        var instance = instance();
        instances.add(instance);

        instances.retire(instance);
        instances.add(instance);

        assertThat(instances.ready()).isZero();
    }

    private static Instances.Instance instance() {
        return new Instances.Instance(new HttpSink(URI.create("http://127.0.0.1:1/"), HttpClient.newHttpClient()));
    }
}
