package io.penstock.gateway.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.model.RepoName;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenantsTest {
    private static TenantRule rule(String name, String... repos) {
        return new TenantRule(name, List.of(repos), 1, TenantLimits.NONE, RepoLimits.NONE, true);
    }

    private static String of(Tenants tenants, String repo) {
        return tenants.tenantOf(new RepoName(repo));
    }

    @Test
    void theFirstTenantThatFitsHasTheRepo() {
        Tenants tenants =
                new Tenants(
                        List.of(
                                rule("audit", "acme-audit", "*.audit"),
                                rule("acme", "acme-*", "shared"),
                                rule("late", "acme-late", "shared", "x*y*z")));

        assertThat(of(tenants, "acme-audit")).isEqualTo("audit");
        assertThat(of(tenants, "acme-late")).as("a pattern before a name").isEqualTo("acme");
        assertThat(of(tenants, "acme-web")).isEqualTo("acme");
        assertThat(of(tenants, "acme-web.audit")).isEqualTo("audit");
        assertThat(of(tenants, "shared")).isEqualTo("acme");
        assertThat(of(tenants, "xyz")).isEqualTo("late");
        assertThat(of(tenants, "x1y2y3z")).isEqualTo("late");
        assertThat(of(tenants, "x1y2y3zz4")).isEqualTo("default");
        assertThat(of(tenants, "acm")).isEqualTo("default");
    }

    @Test
    void defaultHasWhatIsNobodyElses() {
        Tenants alone = new Tenants(List.of());
        Tenants limited = new Tenants(List.of(rule("default"), rule("acme", "acme-*")));

        assertThat(of(alone, "web")).isEqualTo("default");
        assertThat(alone.areSeveral()).isFalse();
        assertThat(of(limited, "web")).isEqualTo("default");
        assertThat(limited.areSeveral()).isTrue();
    }

    @Test
    void aStarFitsEverything() {
        assertThat(of(new Tenants(List.of(rule("all", "*"))), "web")).isEqualTo("all");
    }

    @Test
    void whatCanNeverFitIsRefused() {
        assertThatThrownBy(() -> rule("acme", "ACME-*")).hasMessageContaining("fits no repo");
        assertThatThrownBy(() -> rule("acme", ".acme")).hasMessageContaining("fits no repo");
        assertThatThrownBy(() -> rule("acme")).hasMessageContaining("at least one");
        assertThatThrownBy(() -> rule("default", "web")).hasMessageContaining("nobody else's");
        assertThatThrownBy(() -> new Tenants(List.of(rule("a", "a"), rule("a", "b"))))
                .hasMessageContaining("two tenants");
    }
}
