package io.penstock.exporter.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

/**
 * Puts the older forms of private keys into the frame of PKCS #8 (RFC 5208, section 5), which alone
 * the JDK reads: {@code SEQUENCE { INTEGER 0, algorithm, OCTET STRING key }}, in DER.
 *
 * <p>Threading: any thread.
 */
final class KeyWrap {
    private static final byte SEQUENCE = 0x30;
    private static final byte OCTETS = 0x04;
    private static final byte CURVE = (byte) 0xa0;
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] VERSION_0 = HEX.parseHex("020100");

    /** {@code rsaEncryption}, and NULL for its parameters (RFC 8017, appendix A.1). */
    private static final byte[] RSA = HEX.parseHex("06092a864886f70d0101010500");

    /** {@code id-ecPublicKey} (RFC 5480, section 2.1.1). */
    private static final byte[] EC = HEX.parseHex("06072a8648ce3d0201");

    private KeyWrap() {}

    static byte[] ofPkcs1(byte[] key) {
        return element(SEQUENCE, VERSION_0, element(SEQUENCE, RSA), element(OCTETS, key));
    }

    /** The curve stands in the key itself, as element {@code [0]} (RFC 5915, section 3). */
    static byte[] ofSec1(byte[] key) throws GeneralSecurityException {
        byte[] curve = curve(key);
        return element(SEQUENCE, VERSION_0, element(SEQUENCE, EC, curve), element(OCTETS, key));
    }

    private static byte[] curve(byte[] key) throws GeneralSecurityException {
        try {
            ByteBuffer in = ByteBuffer.wrap(key);
            in.get();
            length(in);
            while (in.hasRemaining()) {
                byte tag = in.get();
                byte[] content = new byte[length(in)];
                in.get(content);
                if (tag == CURVE) {
                    return content;
                }
            }
        } catch (BufferUnderflowException | NegativeArraySizeException cutOff) {
            throw new GeneralSecurityException("holds a key that is cut off", cutOff);
        }
        throw new GeneralSecurityException("holds an EC key that does not name its curve");
    }

    private static int length(ByteBuffer in) {
        int first = in.get() & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int left = first & 0x7f; left > 0; left--) {
            length = (length << 8) | (in.get() & 0xff);
        }
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        return length;
    }

    private static byte[] element(byte tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        // two bytes of length always would be no DER; a key's elements are longer than 127 bytes
        // or not, and never longer than the file, which has three bytes of length at the most
        ByteBuffer out = ByteBuffer.allocate(length + 5).put(tag);
        if (length < 0x80) {
            out.put((byte) length);
        } else if (length < 1 << 8) {
            out.put((byte) 0x81).put((byte) length);
        } else if (length < 1 << 16) {
            out.put((byte) 0x82).putShort((short) length);
        } else {
            out.put((byte) 0x83).put((byte) (length >> 16)).putShort((short) length);
        }
        for (byte[] part : parts) {
            out.put(part);
        }
        byte[] element = new byte[out.position()];
        out.flip().get(element);
        return element;
    }
}
