package heapcraft.own;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// UTF-8 without mercy: what is not valid is refused, where the JDK's shortcuts put a `?`.
final class Utf8 {

    private Utf8() { }

    /// @throws IllegalArgumentException if half a surrogate pair stands alone
    static byte[] encode(CharSequence text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return exact;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "the text has half a surrogate pair alone, which UTF-8 cannot say", e);
        }
    }

    /// @throws IllegalArgumentException if the bytes are not valid UTF-8
    static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("these " + bytes.length
                    + " bytes are not valid UTF-8", e);
        }
    }
}
