package io.penstock.cluster.plan;

import static io.penstock.cluster.plan.World.id;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.group.Node;
import io.penstock.cluster.group.SchedulingGroup;
import io.penstock.cluster.task.Sizing;
import io.penstock.cluster.task.Task;
import io.penstock.cluster.task.Units;
import io.penstock.model.RepoName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Clusters and changes to them, out of a seed. */
final class RandomWorld {
    private static final String[] GROUPS = {World.GROUP, "batch"};
    private static final Set<String> GPU = Set.of("gpu");

    private final RandomGenerator random;
    private int named;

    RandomWorld(RandomGenerator random) {
        this.random = random;
    }

    World make() {
        World world = new World();
        world.groups.put("batch", SchedulingGroup.named("batch").leaving(0.1));
        int nodes = 2 + random.nextInt(12);
        for (int n = 0; n < nodes; n++) {
            addNode(world);
        }
        // from idle to beyond what there is
        double fill = random.nextDouble() * 1.1;
        double wanted = nodes * 10 * fill;
        while (wanted > 0) {
            wanted -= addExport(world);
        }
        return world;
    }

    /** Changes something, as clusters do. */
    void change(World world) {
        switch (random.nextInt(9)) {
            case 0 -> addNode(world);
            case 1 -> world.nodes.remove(pick(world.nodes.keySet()));
            case 2 -> {
                Node node = world.known(pick(world.nodes.keySet()));
                world.node(node.drained());
            }
            case 3 -> addExport(world);
            case 4 -> world.tasks.remove(pick(world.tasks.keySet()));
            case 5 -> {
                Task task = world.known(pick(world.tasks.keySet()));
                world.task(task.needing(task.need().times(random.nextDouble() * 3)));
            }
            case 6 -> {
                Task task = world.known(pick(world.tasks.keySet()));
                world.task(task.pinnedTo(Set.of(pick(world.nodes.keySet()))));
            }
            case 7 -> {
                Task task = world.known(pick(world.tasks.keySet()));
                world.task(task.alone());
            }
            default -> {
                Task task = world.known(pick(world.tasks.keySet()));
                world.task(task.sized(Sizing.MERGING));
            }
        }
        if (world.nodes.isEmpty()) {
            addNode(world);
        }
        if (world.tasks.isEmpty()) {
            addExport(world);
        }
    }

    private void addNode(World world) {
        String group = random.nextInt(4) == 0 ? GROUPS[1] : GROUPS[0];
        double size = random.nextInt(3) == 0 ? 20 : 10;
        double memory = random.nextInt(5) == 0 ? 5 : size;
        NodeId id = id(String.format("n%03d", named++));
        Node node = Node.plain(id, group, new Units(size, memory, size, size));
        if (random.nextInt(4) == 0) {
            node = node.labelled(GPU);
        }
        world.node(random.nextInt(12) == 0 ? node.drained() : node);
    }

    private double addExport(World world) {
        String group = random.nextInt(4) == 0 ? GROUPS[1] : GROUPS[0];
        int shares = 1 + random.nextInt(random.nextInt(3) == 0 ? 12 : 3);
        double size = 0.05 + random.nextDouble() * random.nextDouble() * 4;
        RepoName repo = new RepoName("r" + random.nextInt(20));
        String export = "e" + named++;
        for (int s = 0; s < shares; s++) {
            Units need = new Units(part(size), part(size), part(size), part(size));
            Task task = Task.plain(new TaskKey(repo, export, s), group, need);
            world.task(dress(world, task));
        }
        return shares * size;
    }

    private Task dress(World world, Task task) {
        return switch (random.nextInt(40)) {
            case 0 -> task.alone();
            case 1, 2 -> task.pinnedTo(Set.of(pick(world.nodes.keySet())));
            case 3 ->
                    task.pinnedTo(
                            Set.copyOf(
                                    List.of(
                                                    pick(world.nodes.keySet()),
                                                    pick(world.nodes.keySet()),
                                                    id("elsewhere"))
                                            .stream()
                                            .distinct()
                                            .toList()));
            case 4, 5 -> task.labelled(GPU);
            case 6 -> task.sized(Sizing.MERGING);
            case 7 -> task.sized(Sizing.SPLITTING);
            default -> task;
        };
    }

    private double part(double size) {
        return size * random.nextDouble();
    }

    private <T> T pick(Collection<T> from) {
        return new ArrayList<>(from).get(random.nextInt(from.size()));
    }
}
