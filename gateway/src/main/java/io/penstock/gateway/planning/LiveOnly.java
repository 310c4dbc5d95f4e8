package io.penstock.gateway.planning;

import io.penstock.gateway.boot.StoppedNode;
import io.penstock.gateway.cli.AdminClient;
import io.penstock.gateway.cli.CommandFailure;
import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.cli.NodeOption;
import io.vertx.core.json.JsonObject;

/** A question that only a node that runs can answer. */
@FunctionalInterface
interface LiveOnly extends NodeOption.Visitor<JsonObject> {
    @Override
    default JsonObject stopped(StoppedNode node) {
        throw new CommandFailure(
                ExitCode.UNREACHABLE,
                "the node does not run, and only one that runs tells; name one with --admin");
    }

    @Override
    JsonObject live(AdminClient client) throws Exception;
}
