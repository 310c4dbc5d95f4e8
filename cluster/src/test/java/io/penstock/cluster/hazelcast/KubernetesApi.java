package io.penstock.cluster.hazelcast;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * As much of the API of Kubernetes as tells who is behind a service, on loopback and without TLS:
 * {@code EndpointSlice} of {@code discovery.k8s.io/v1}, or, of a cluster that has none, {@code
 * Endpoints} of {@code v1}. What asks is pointed here by properties of the process, as long as this
 * is open.
 */
final class KubernetesApi implements AutoCloseable {
    static final String NAMESPACE = "east";
    static final String SERVICE = "penstock";
    private static final String TOKEN = "a-token";
    private static final String SLICES =
            "/apis/discovery.k8s.io/v1/namespaces/" + NAMESPACE + "/endpointslices";
    private static final String ENDPOINTS =
            "/api/v1/namespaces/" + NAMESPACE + "/endpoints/" + SERVICE;
    private static final String NOT_FOUND =
            "{\"kind\":\"Status\",\"status\":\"Failure\",\"reason\":\"NotFound\",\"code\":404}";

    private final HttpServer server;
    private final boolean hasSlices;
    private final List<String> addresses;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Map<String, String> pointed;

    /**
     * Answers from now on.
     *
     * @param hasSlices whether it is a cluster of 1.21 or later
     * @param addresses of the pods; of the first it is said that it is not ready
     */
    KubernetesApi(boolean hasSlices, List<String> addresses) throws IOException {
        this.hasSlices = hasSlices;
        this.addresses = addresses;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/", this::answer);
        server.start();
        pointed =
                Map.of(
                        "hazelcast.kubernetes.kubernetes-master",
                        "http://127.0.0.1:" + server.getAddress().getPort(),
                        "hazelcast.kubernetes.api-token",
                        TOKEN,
                        "hazelcast.kubernetes.ca-certificate",
                        anyCertificate());
        pointed.forEach(System::setProperty);
    }

    /** Without TLS it is of no use, and must be one nevertheless. */
    private static String anyCertificate() {
        try {
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init((KeyStore) null);
            X509TrustManager known = (X509TrustManager) trust.getTrustManagers()[0];
            byte[] encoded = known.getAcceptedIssuers()[0].getEncoded();
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder().encodeToString(encoded)
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every JDK knows some", impossible);
        }
    }

    /** Paths that were asked for, with their status. */
    Set<String> asked() {
        return Set.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = Objects.toString(exchange.getRequestURI().getQuery(), "");
        boolean mayAsk =
                ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        String body = NOT_FOUND;
        int status = mayAsk ? 404 : 401;
        boolean ofService =
                query.isEmpty()
                        || query.equals("labelSelector=kubernetes.io/service-name=" + SERVICE);
        if (mayAsk && hasSlices && path.equals(SLICES) && ofService) {
            body = slices();
            status = 200;
        } else if (mayAsk && path.equals(ENDPOINTS)) {
            body = endpoints();
            status = 200;
        }
        asked.add(status + " " + path);
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** The port of a service is that for batches; nobody listens there. */
    private String slices() {
        String pods =
                addresses.stream()
                        .map(
                                address ->
                                        "{\"addresses\":[\"%s\"],\"conditions\":{\"ready\":%s}}"
                                                .formatted(address, !isFirst(address)))
                        .collect(Collectors.joining(","));
        return """
               {"kind":"EndpointSliceList","apiVersion":"discovery.k8s.io/v1","items":[
                 {"metadata":{"name":"penstock-x7","namespace":"east"},"addressType":"IPv4",
                  "ports":[{"name":"data","port":1,"protocol":"TCP"}],"endpoints":[%s]}]}
               """
                .formatted(pods);
    }

    private String endpoints() {
        String ready =
                addresses.stream()
                        .filter(address -> !isFirst(address))
                        .map("{\"ip\":\"%s\"}"::formatted)
                        .collect(Collectors.joining(","));
        return """
               {"kind":"Endpoints","apiVersion":"v1","metadata":{"name":"penstock"},"subsets":[
                 {"addresses":[%s],"notReadyAddresses":[{"ip":"%s"}],
                  "ports":[{"name":"data","port":1,"protocol":"TCP"}]}]}
               """
                .formatted(ready, addresses.get(0));
    }

    private boolean isFirst(String address) {
        return address.equals(addresses.get(0));
    }

    @Override
    public void close() {
        pointed.keySet().forEach(System::clearProperty);
        server.stop(0);
    }
}
