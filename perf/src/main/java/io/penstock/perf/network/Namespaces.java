package io.penstock.perf.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every node in a network namespace of its own, with two cables. One goes to a bridge over which
 * the nodes talk to each other; to cut a side off, its cables are put into a second bridge that is
 * connected to nothing. The other cable goes to a bridge that this process is on, and is never cut.
 * Both bridges are in a namespace of their own too: all that is seen outside is the end of one
 * cable and one address.
 *
 * <p>Names begin with {@code pst} and the id of this process. What a process left that was killed
 * is removed by the next one.
 */
public final class Namespaces implements Network {
    private static final String PREFIX = "pst";
    private static final Pattern OURS = Pattern.compile("pst([0-9]{1,8})(h|n[0-9]{1,2})\\b");
    private static final int DATA_PORT = 4400;
    private static final int ADMIN_PORT = 4401;
    private static final int CLUSTER_PORT = 4410;
    private static final int FIRST_HOST = 10;

    /** Nobody has it: frames for it are dropped by whoever gets them. */
    private static final String NOBODY = "02:00:00:00:00:01";

    private final String id = PREFIX + ProcessHandle.current().pid();
    private final String hub = id + "h";

    /** Third byte of the addresses, which are of the block for measurements between networks. */
    private final long net = ProcessHandle.current().pid() % 250;

    private final List<Place> places = new ArrayList<>();
    private final List<Mute> muted = new ArrayList<>();
    private final Thread hook = new Thread(this::remove, "remove-namespaces");

    private record Mute(int from, int to) {}

    private Namespaces() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Makes one without places.
     *
     * @throws Skipped when this machine does not allow it
     */
    public static Namespaces make() throws IOException, InterruptedException, Skipped {
        if (!"root".equals(System.getProperty("user.name")) || !Shell.has("ip")) {
            throw new Skipped("network namespaces need root and ip (iproute2)");
        }
        removeLeftOvers();
        Namespaces network = new Namespaces();
        try {
            network.bridges();
            return network;
        } catch (IOException refused) {
            network.close();
            throw new Skipped("no network namespaces here: " + refused.getMessage());
        }
    }

    private void bridges() throws IOException, InterruptedException {
        Shell.run("ip", "netns", "add", hub);
        for (String bridge : List.of("together", "apart", "desk")) {
            in(hub, "link", "add", bridge, "type", "bridge");
            in(hub, "link", "set", bridge, "up");
        }
        String outside = id + "x";
        Shell.run(
                "ip", "link", "add", outside, "type", "veth", "peer", "name", "here", "netns", hub);
        in(hub, "link", "set", "here", "master", "desk", "up");
        Shell.run("ip", "addr", "add", here() + "/24", "dev", outside);
        Shell.run("ip", "link", "set", outside, "up");
    }

    private static void in(String namespace, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip", "-n", namespace));
        command.addAll(List.of(arguments));
        Shell.run(command.toArray(String[]::new));
    }

    @Override
    public Place place() throws IOException, InterruptedException {
        int n = places.size();
        String own = id + "n" + n;
        Place place =
                new Place(
                        "198.19." + net + "." + (FIRST_HOST + n),
                        CLUSTER_PORT,
                        "198.18." + net + "." + (FIRST_HOST + n),
                        DATA_PORT,
                        ADMIN_PORT,
                        List.of("ip", "netns", "exec", own));
        places.add(place); // before anything is made, so that it is removed
        Shell.run("ip", "netns", "add", own);
        in(own, "link", "set", "lo", "up");
        cable(own, "peers", "c" + n, "together", place.clusterHost());
        cable(own, "desk", "a" + n, "desk", place.host());
        return place;
    }

    private void cable(String own, String inside, String port, String bridge, String address)
            throws IOException, InterruptedException {
        in(own, "link", "add", inside, "type", "veth", "peer", "name", port, "netns", hub);
        in(own, "addr", "add", address + "/24", "dev", inside);
        in(own, "link", "set", inside, "up");
        in(hub, "link", "set", port, "master", bridge, "up");
    }

    @Override
    public String here() {
        return "198.18." + net + ".1";
    }

    @Override
    public void cut(Collection<Place> side) throws IOException, InterruptedException {
        for (Place place : side) {
            in(hub, "link", "set", "c" + places.indexOf(place), "master", "apart");
        }
    }

    @Override
    public void mute(Place from, Collection<Place> to) throws IOException, InterruptedException {
        for (Place place : to) {
            Mute mute = new Mute(places.indexOf(from), places.indexOf(place));
            muted.add(mute);
            in(
                    id + "n" + mute.from,
                    "neigh",
                    "replace",
                    place.clusterHost(),
                    "lladdr",
                    NOBODY,
                    "dev",
                    "peers",
                    "nud",
                    "permanent");
        }
    }

    @Override
    public void heal() throws IOException, InterruptedException {
        for (int n = 0; n < places.size(); n++) {
            in(hub, "link", "set", "c" + n, "master", "together");
        }
        for (Mute mute : muted) {
            String address = places.get(mute.to).clusterHost();
            in(id + "n" + mute.from, "neigh", "del", address, "dev", "peers");
        }
        muted.clear();
    }

    private static void removeLeftOvers() throws IOException, InterruptedException {
        Matcher found = OURS.matcher(Shell.run("ip", "netns", "list"));
        while (found.find()) {
            if (ProcessHandle.of(Long.parseLong(found.group(1))).isEmpty()) {
                Shell.run("ip", "netns", "del", found.group());
            }
        }
    }

    private void remove() {
        for (int n = 0; n < places.size(); n++) {
            remove(id + "n" + n);
        }
        places.clear();
        remove(hub); // with the bridges and their ends of all cables, and so the other ends
    }

    private static void remove(String namespace) {
        try {
            if (Files.exists(Path.of("/run/netns", namespace))) {
                Shell.run("ip", "netns", "del", namespace);
            }
        } catch (IOException failure) {
            System.err.println("left over: " + failure.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException goingDown) {
            // the hook is at work, or about to be
        }
    }
}
