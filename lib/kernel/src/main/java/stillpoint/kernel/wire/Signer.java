package stillpoint.kernel.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs messages with the key of a connection, and knows those that somebody else signed with it.
///
/// For any thread.
public final class Signer {
    private static final int REMEMBERED = 1 << 16;

    private final Optional<Mac> mac;

    /// A message that was heard on the wire is no proof of the key a second time.
    private final Set<String> seen =
            Collections.newSetFromMap(
                    new LinkedHashMap<>() {
                        private static final long serialVersionUID = 1;

                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                            return size() > REMEMBERED;
                        }
                    });

    /// @throws IllegalArgumentException if the JDK does not know the scheme
    public Signer(Connection connection) {
        if (connection.key().isEmpty()) {
            mac = Optional.empty();
            return;
        }
        String name =
                connection.scheme().toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
        try {
            Mac made = Mac.getInstance(name);
            made.init(new SecretKeySpec(connection.key().getBytes(StandardCharsets.UTF_8), name));
            mac = Optional.of(made);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "signature_scheme " + connection.scheme() + ": Jupyter signs with hmac-sha256",
                    e);
        }
    }

    /// The signature of a message; empty if nothing is signed.
    synchronized String sign(List<byte[]> parts) {
        if (mac.isEmpty()) return "";
        parts.forEach(mac.get()::update);
        return HexFormat.of().formatHex(mac.get().doFinal());
    }

    /// Whether a message was signed with our key, and is not one that came before.
    synchronized boolean accepts(String signature, List<byte[]> parts) {
        if (mac.isEmpty()) return true;
        byte[] right = sign(parts).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.US_ASCII))
                && seen.add(signature);
    }
}
