package dev.rookery.gateway.session;

import dev.rookery.eventing.contract.Request;
import dev.rookery.gateway.protocol.ErrorCode;
import java.time.Duration;

/// Who asked, and is told what becomes of it.
interface Asker {

    /// What is asked as it goes to Kafka now: each time is another sending.
    Request request(Asked asked);

    void write(String frame);

    /// A command of it was refused for the moment; what it sent behind it must not pass it.
    void sentBack(String id, ErrorCode code, Duration retryAfter);

    GatewayMeters meters();
}
