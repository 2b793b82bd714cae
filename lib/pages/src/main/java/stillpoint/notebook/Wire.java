package stillpoint.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The Jupyter wire format: `ids..., <IDS|MSG>, hmac, header, parent_header, metadata, content,
/// buffers...`.
///
/// The signature covers the four serialized parts as they were sent; they are never serialized
/// again to verify it.
final class Wire {
    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_SIGNATURE = {};

    private final Optional<Mac> mac;
    private final String session;

    /// @param key empty for no signatures
    Wire(String key, String session) {
        this.session = session;
        this.mac = key.isEmpty() ? Optional.empty() : Optional.of(hmac(key));
    }

    private static Mac hmac(String key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /// The frames of a request.
    List<byte[]> encode(String id, String type, JsonNode metadata, JsonNode content) {
        ObjectNode header = NotebookFile.JSON.createObjectNode();
        header.put("msg_id", id).put("session", session).put("username", "stillpoint");
        header.put("date", Instant.now().toString()).put("msg_type", type).put("version", "5.3");
        return frames(header, NotebookFile.JSON.createObjectNode(), metadata, content);
    }

    List<byte[]> frames(JsonNode header, JsonNode parent, JsonNode metadata, JsonNode content) {
        var parts = new ArrayList<byte[]>();
        for (JsonNode part : List.of(header, parent, metadata, content))
            parts.add(part.toString().getBytes(StandardCharsets.UTF_8));
        var frames = new ArrayList<byte[]>();
        frames.add(DELIMITER);
        frames.add(sign(parts));
        frames.addAll(parts);
        return frames;
    }

    private byte[] sign(List<byte[]> parts) {
        if (mac.isEmpty()) return NO_SIGNATURE;
        parts.forEach(mac.get()::update);
        return HexFormat.of().formatHex(mac.get().doFinal()).getBytes(StandardCharsets.US_ASCII);
    }

    /// The message in the frames; empty if it is malformed or its signature is not ours.
    Optional<Message> decode(List<byte[]> frames) {
        int at = 0;
        while (at < frames.size() && !Arrays.equals(frames.get(at), DELIMITER)) at++;
        if (frames.size() < at + 6) return Optional.empty();
        List<byte[]> parts = frames.subList(at + 2, at + 6);
        if (mac.isPresent() && !MessageDigest.isEqual(sign(parts), frames.get(at + 1)))
            return Optional.empty();
        try {
            return Optional.of(
                    new Message(
                            NotebookFile.JSON.readTree(parts.get(0)).path("msg_type").asText(""),
                            NotebookFile.JSON.readTree(parts.get(1)).path("msg_id").asText(""),
                            NotebookFile.JSON.readTree(parts.get(3))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
