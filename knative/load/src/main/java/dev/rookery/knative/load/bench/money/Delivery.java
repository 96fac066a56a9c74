package dev.rookery.knative.load.bench.money;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// A player's command as a function gets it delivered: a CloudEvent in binary mode.
///
/// @param id   the same for ever, with the player
/// @param type such as `rounds.bet`
/// @param data JSON
record Delivery(String player, String id, String type, String data) {

    /// The whole request, HTTP/1.1.
    ///
    /// @param port of the function
    byte[] request(int port, Instant now) {
        var body = data.getBytes(StandardCharsets.UTF_8);
        var head = "POST / HTTP/1.1\r\nhost: 127.0.0.1:" + port
                + "\r\nce-specversion: 1.0\r\nce-id: " + id
                + "\r\nce-source: /players/" + player
                + "\r\nce-type: " + type
                + "\r\nce-subject: " + player
                + "\r\nce-partitionkey: " + player
                + "\r\nce-time: " + now
                + "\r\ncontent-type: application/json\r\ncontent-length: " + body.length + "\r\n\r\n";
        var request = new byte[head.length() + body.length];
        System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, request, 0, head.length());
        System.arraycopy(body, 0, request, head.length(), body.length);
        return request;
    }
}
