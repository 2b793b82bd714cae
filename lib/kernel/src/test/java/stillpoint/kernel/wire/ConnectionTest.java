package stillpoint.kernel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a connection file may say.
class ConnectionTest {
    private static String file(String transport, String ip, String key) {
        return """
        {"transport": "%s", "ip": "%s", "key": "%s", "signature_scheme": "hmac-sha256",
         "shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5}\
        """
                .formatted(transport, ip, key);
    }

    @Test
    void whatIsWrittenIsRead() {
        Connection connection = Connection.parse(file("tcp", "127.0.0.1", "secret"));
        assertThat(Connection.parse(connection.json())).isEqualTo(connection);
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, 127.0.0.1, tcp://127.0.0.1:1",
        "tcp, ::1, tcp://[::1]:1",
        "ipc, /tmp/kernel, ipc:///tmp/kernel-1"
    })
    void anAddressIsWrittenAsZeroMqWantsIt(String transport, String ip, String address) {
        assertThat(Connection.parse(file(transport, ip, "secret")).address(1)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "*", "192.0.2.1", "::", "", "no-such-host.invalid"})
    void anAddressThatOthersReachNeedsAKey(String ip) {
        assertThat(Connection.parse(file("tcp", ip, "secret")).ip()).isEqualTo(ip);
        assertThatThrownBy(() -> Connection.parse(file("tcp", ip, "")))
                .hasMessageContaining("with an empty key: anyone who reaches that address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
    void theLoopbackAddressNeedsNone(String ip) {
        assertThat(Connection.parse(file("tcp", ip, "")).key()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|not a JSON object",
                "[]|not a JSON object",
                "{}|shell_port is missing",
                "{\"shell_port\": \"x\"}|shell_port \"x\": not a port",
            })
    void whatIsNoConnectionFileIsNamed(String json, String why) {
        assertThatThrownBy(() -> Connection.parse(json)).hasMessageContaining(why);
    }

    @Test
    void whatCannotBeSpokenIsNamed() {
        assertThatThrownBy(() -> Connection.parse(file("udp", "127.0.0.1", "k")))
                .hasMessage("transport udp: a kernel listens on tcp or ipc");
        assertThatThrownBy(() ->
                        new Signer(
                                Connection.parse(
                                        file("tcp", "127.0.0.1", "k").replace("sha256", "rot13"))))
                .hasMessage("signature_scheme hmac-rot13: Jupyter signs with hmac-sha256");
        assertThatThrownBy(() ->
                        Connection.parse(
                                file("tcp", "127.0.0.1", "k")
                                        .replace("\"shell_port\": 1", "\"shell_port\": 0")))
                .hasMessage("port 0: ports are 1 to 65535");
    }
}
