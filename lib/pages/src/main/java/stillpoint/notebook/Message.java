package stillpoint.notebook;

import com.fasterxml.jackson.databind.JsonNode;

/// A message from the kernel, its signature verified.
///
/// @param type such as `execute_reply`
/// @param parent id of the request it belongs to; empty if it says none
record Message(String type, String parent, JsonNode content) {}
