package io.penstock.gateway.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What somebody may do. */
public enum Role {
    /** Push batches. */
    PUSH,
    /** Look at what the admin port shows. */
    READ,
    /** Change things through the admin port, and read. */
    ADMIN;

    /** The role in files, answers and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The role of a word.
     *
     * @throws IllegalArgumentException for any other
     */
    public static Role of(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw new IllegalArgumentException("roles: one of push | read | admin, not '" + word + "'");
    }

    /** With what a role includes. */
    static Set<Role> closure(Set<Role> roles) {
        EnumSet<Role> all = EnumSet.noneOf(Role.class);
        all.addAll(roles);
        if (all.contains(ADMIN)) {
            all.add(READ);
        }
        return all;
    }

    /** Words in the order of the constants. */
    static String words(Set<Role> roles) {
        return roles.stream().sorted().map(Role::word).collect(Collectors.joining(", "));
    }
}
