package dev.rookery.gateway.session;

import dev.rookery.eventing.contract.Request;

/// Who asked, and is told what becomes of it.
interface Asker {

    /// What is asked as it goes to Kafka now: each time is another sending.
    Request request(Asked asked);

    void write(String frame);

    GatewayMeters meters();
}
