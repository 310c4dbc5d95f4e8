package io.penstock.gateway.notify;

/** How a notice is meant, for those who show it in colours. */
public enum Tone {
    /** Something needs a person, now. */
    BAD("#b3261e"),
    /** Something needs a person. */
    WARN("#b26a00"),
    /** Something is well again. */
    GOOD("#1b7f3b"),
    /** Something to know. */
    PLAIN("#5f6368");

    private final String colour;

    Tone(String colour) {
        this.colour = colour;
    }

    /** Of a bar beside the text, as {@code #rrggbb}. */
    public String colour() {
        return colour;
    }
}
