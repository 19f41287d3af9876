/**
 * Frames and JSON, no sockets: bytes of a client to commands, and effects to bytes for a client.
 *
 * <pre>
 *   FrameScanner ──► JsonCommandDecoder ──► a command          an effect ──► JsonEffectEncoder ──► a frame
 *                    │ JsonReader, Base64Codec, Utf8                          │ JsonWriter, ErrorWriter
 * </pre>
 *
 * <p>The scanner is GMQ's own because strictness is its point; see {@code docs/adr}.
 */
package io.gmq.transport.codec;
