package io.penstock.gateway.access;

/**
 * Who asks. Threading: immutable.
 *
 * @param kind {@code key}, {@code token}, {@code identity} or {@code anonymous}
 * @param name id and name of the key, or what the token or the certificate says; empty for
 *     anonymous
 */
public record Principal(String kind, String name) {
    /** Nobody that is known. */
    public static final Principal ANONYMOUS = new Principal("anonymous", "");

    static Principal of(Key key) {
        return new Principal("key", key.id() + " (" + key.name() + ")");
    }

    static Principal token(String said) {
        return new Principal("token", said);
    }

    static Principal identity(String said) {
        return new Principal("identity", said);
    }

    boolean isToken() {
        return kind.equals("token");
    }

    boolean isIdentity() {
        return kind.equals("identity");
    }

    @Override
    public String toString() {
        return name.isEmpty() ? kind : kind + " " + name;
    }
}
