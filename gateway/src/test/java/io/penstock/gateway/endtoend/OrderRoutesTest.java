package io.penstock.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.boot.TestNode;
import io.penstock.gateway.cli.ExitCode;
import io.penstock.loopback.FreePorts;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the admin port and the verbs make of orders, right and wrong; one node that votes alone. */
class OrderRoutesTest {
    private static final String EXPORTS =
            "exports: [{name: x, repo: r, sink: {type: blackhole}},"
                    + " {name: y, repo: r, sink: {type: blackhole}}]\n";

    @TempDir private Path directory;

    private String admin = "";

    private static String cluster(String voters) throws Exception {
        return EXPORTS
                + "cluster: {enabled: true, port: %d, port_count: 1, labels: [ssd], voters: %s}\n"
                        .formatted(FreePorts.one(), voters);
    }

    private AdminCall ask(String method, String path, String body) throws Exception {
        return AdminCall.http(admin, method, path, body);
    }

    private void refused(int status, String method, String path, String body, String why)
            throws Exception {
        AdminCall answer = ask(method, path, body);
        assertThat(answer.code()).as(answer.text()).isEqualTo(status);
        assertThat(new JsonObject(answer.text()).getString("error")).contains(why);
    }

    private void done(String method, String path, String body) throws Exception {
        AdminCall answer = ask(method, path, body);
        assertThat(answer.code()).as(answer.text()).isEqualTo(200);
        String version = new JsonObject(answer.text()).getString("version");
        // the node that was asked leads, so it goes by what it did
        TestNode.until(
                () -> AdminCall.get(admin, "/v1/orders").getString("version").equals(version));
    }

    @Test
    void ordersAreTakenShownAndRefusedByName() throws Exception {
        try (TestNode node = TestNode.start(directory, cluster("[]"))) {
            admin = node.admin();
            TestNode.until(
                    () -> AdminCall.get(admin, "/v1/tasks").getJsonArray("tasks").size() == 2);
            nodesAndPins();
            groups();
            verbs();
        }
    }

    private void nodesAndPins() throws Exception {
        refused(422, "POST", "/v1/nodes/zz/drain", "", "no node zz");
        refused(422, "POST", "/v1/nodes/zz/drain", "", "there is test");
        refused(400, "POST", "/v1/nodes/a%20b/drain", "", "node id must be");
        refused(409, "POST", "/v1/nodes/test/drain", "", "no node of group default would take");
        refused(405, "GET", "/v1/nodes/test/drain", "", "this path takes POST");
        done("POST", "/v1/nodes/test/drain?force=true", "");
        JsonObject row = AdminCall.get(admin, "/v1/nodes").getJsonArray("nodes").getJsonObject(0);
        assertThat(row.getBoolean("draining")).isTrue();
        done("POST", "/v1/nodes/test/undrain", "");
        assertThat(AdminCall.get(admin, "/v1/orders").getJsonArray("orders")).isEmpty();

        refused(422, "PUT", "/v1/exports/r/x/pin", "{\"nodes\":[\"zz\"]}", "no node zz");
        refused(422, "PUT", "/v1/exports/r/zz/pin", "{\"nodes\":[\"test\"]}", "no export r/zz");
        refused(422, "PUT", "/v1/exports/r/x/pin", "{\"nodes\":[]}", "node id must be");
        refused(400, "PUT", "/v1/exports/r/x/pin", "{\"nodes\":\"test\"}", "a list of names");
        refused(400, "PUT", "/v1/exports/r/x/pin", "[1]", "no JSON");
        refused(400, "PUT", "/v1/exports/r/x/pin", "{\"n", "no JSON");
        refused(413, "PUT", "/v1/exports/r/x/pin", " ".repeat(300_000), "more than");
        refused(422, "POST", "/v1/tasks/move", "{\"task\":\"r/x#9\",\"node\":\"test\"}", "r/x#9");
        done("PUT", "/v1/exports/r/x/pin", "{\"nodes\":[\"test\"]}");
        done("POST", "/v1/tasks/move", "{\"task\":\"r/y#0\",\"node\":\"test\"}");
        assertThat(ask("GET", "/v1/tasks", "").text()).contains("pinned to test");
        TestNode.until(
                () ->
                        ask("GET", "/v1/tasks/why?task=r/y%230", "")
                                .text()
                                .contains("Pinned to [test]"));
        done("DELETE", "/v1/exports/r/x/pin", "");
        done("PUT", "/v1/exports/r/y/exclusive", "");
        assertThat(ask("GET", "/v1/tasks", "").text()).contains("\"exclusive\":true");
        done("DELETE", "/v1/exports/r/y/exclusive", "");
    }

    private void groups() throws Exception {
        refused(422, "PUT", "/v1/groups/g", "{\"headrom\":0.1}", "did you mean headroom?");
        refused(422, "PUT", "/v1/groups/g", "{\"weights\":{\"cpu\":-1}}", "weight -1");
        refused(422, "PUT", "/v1/groups/g", "{\"headroom\":\"much\"}", "much is no number");
        refused(422, "PUT", "/v1/groups/g", "{\"exports\":[\"r/zz\"]}", "no export r/zz");
        refused(409, "PUT", "/v1/groups/g", "{\"nodes\":[\"test\"]}", "no node of group default");
        refused(404, "DELETE", "/v1/groups/g", "", "no group g");
        done(
                "PUT",
                "/v1/groups/g",
                "{\"headroom\":0.1,\"weights\":{\"cpu\":2},\"nodes\":[\"test\"],"
                        + "\"exports\":[\"r/x\",\"r/y\"]}");
        JsonObject group =
                AdminCall.get(admin, "/v1/groups").getJsonArray("groups").stream()
                        .map(JsonObject.class::cast)
                        .filter(each -> each.getString("group").equals("g"))
                        .findFirst()
                        .orElseThrow();
        assertThat(group.getJsonObject("weights").getDouble("cpu")).isEqualTo(2);
        assertThat(group.getJsonArray("nodes_alive")).containsExactly("test");
        assertThat(group.getJsonArray("exports")).containsExactly("r/x", "r/y");
        refused(409, "DELETE", "/v1/groups/g", "", "2 exports");
        done("DELETE", "/v1/groups/g?force=true", "");
        assertThat(ask("GET", "/v1/orders", "").text()).doesNotContain("member/", "group/");
    }

    private void verbs() {
        assertThat(AdminCall.verb(admin, "tasks", "pin", "r/x", "test").text())
                .isEqualTo("r/x is pinned to test" + System.lineSeparator());
        assertThat(AdminCall.verb(admin, "tasks").text()).contains("pinned to test", "default");
        assertThat(AdminCall.verb(admin, "tasks", "unpin", "r/x").code()).isZero();
        AdminCall refused = AdminCall.verb(admin, "nodes", "drain", "test");
        assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.text()).contains("answers 409: no node of group default");
        // nothing else takes tasks: it stays there, and the wait has a bound
        AdminCall waited =
                AdminCall.verb(
                        admin, "nodes", "drain", "gone", "--force", "--wait", "--timeout", "9");
        assertThat(waited.code()).isZero();
        assertThat(waited.text()).contains("gone drains", "gone is empty");
        assertThat(AdminCall.verb(admin, "nodes", "undrain", "gone").code()).isZero();
        assertThat(AdminCall.verb(admin, "nodes").text()).contains("TASKS", "test");
        assertThat(
                        AdminCall.verb(admin, "groups", "set", "h", "labels=none", "weights.disk=3")
                                .code())
                .isZero();
        assertThat(AdminCall.verb(admin, "groups").text()).contains("h ", "disk=3.0", "default");
        assertThat(AdminCall.verb(admin, "groups", "rm", "h").code()).isZero();
        assertThat(AdminCall.verb(admin, "tasks", "pin", "x", "test").code())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aNodeWithoutALeaderSaysWhenToAskAgain() throws Exception {
        try (TestNode node = TestNode.start(directory, cluster("[test, other, third]"))) {
            admin = node.admin();
            AdminCall answer = ask("POST", "/v1/nodes/test/drain", "");
            assertThat(answer.code()).isEqualTo(503);
            assertThat(answer.text()).contains("no leader is known here now", "Retry-After: 3");
        }
    }

    @Test
    void aNodeThatIsAloneTakesNoOrders() throws Exception {
        try (TestNode node = TestNode.start(directory, EXPORTS)) {
            admin = node.admin();
            refused(404, "POST", "/v1/nodes/test/drain", "", "in no cluster");
            refused(404, "GET", "/v1/orders", "", "in no cluster");
            refused(404, "PUT", "/v1/groups/g", "{}", "in no cluster");
        }
    }
}
