package dev.rookery.knative.load.drill.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinesTest {

    private static final Duration LENGTH = Duration.ofMillis(200);

    private ServerSocket gateway;
    private Lines lines;
    private Socket player;
    private Socket there;

    @BeforeEach
    void connect() throws IOException {
        gateway = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        lines = Lines.to(gateway.getLocalPort());
        player = new Socket(InetAddress.getLoopbackAddress(), lines.url().getPort());
        there = gateway.accept();
        player.getOutputStream().write(1);
        assertThat(there.getInputStream().read()).isEqualTo(1);
    }

    @AfterEach
    void close() throws IOException {
        lines.close();
        gateway.close();
        player.close();
    }

    @Test
    void whatIsHeldComesLaterAndInItsOrder() throws Exception {
        var holding = CompletableFuture.runAsync(() -> during(() -> lines.hold(LENGTH)));
        for (int n = 2; n < 100; n++) {
            there.getOutputStream().write(n);
        }

        for (int n = 2; n < 100; n++) {
            assertThat(player.getInputStream().read()).isEqualTo(n);
        }
        holding.join();
    }

    @Test
    void whatIsCutEndsForBoth() throws Exception {
        lines.cut();

        assertThat(isAtItsEnd(player)).isTrue();
        assertThat(isAtItsEnd(there)).isTrue();
    }

    @Test
    void whatIsSwallowedIsFollowedByNothingButTheEnd() {
        var swallowing = CompletableFuture.runAsync(() -> during(() -> lines.halfOpen(LENGTH)));
        int written = 1;
        while (!swallowing.isDone() && write(player, written + 1)) {
            written++;
        }
        swallowing.join();

        int came = 1;
        for (int read = read(there); read >= 0; read = read(there)) {
            came++;
            assertThat(read).isEqualTo(came & 0xff);
        }
        assertThat(came).isLessThan(written);
        assertThat(isAtItsEnd(player)).isTrue();
    }

    private static boolean write(Socket socket, int octet) {
        try {
            socket.getOutputStream().write(octet);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isAtItsEnd(Socket socket) {
        return read(socket) < 0;
    }

    /// A connection that is broken has ended too.
    private static int read(Socket socket) {
        try {
            return socket.getInputStream().read();
        } catch (IOException e) {
            return -1;
        }
    }

    private static void during(Fault fault) {
        try {
            fault.last();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Fault {
        void last() throws InterruptedException;
    }
}
