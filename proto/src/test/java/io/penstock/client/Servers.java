package io.penstock.client;

import io.penstock.model.AckLevel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Servers that remember what they were asked, and answer as a test says. */
final class Servers implements Transport {
    final List<Post> asked = Collections.synchronizedList(new ArrayList<>());
    volatile Function<Post, CompletableFuture<Answer>> answers = post -> now(staged(post));

    @Override
    public CompletableFuture<Answer> post(Post post, AckLevel ack) {
        asked.add(post);
        return answers.apply(post);
    }

    void answer(Function<Post, Answer> how) {
        answers = post -> now(how.apply(post));
    }

    static CompletableFuture<Answer> now(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    static Answer staged(Post post, String... owners) {
        return staged(post, false, owners);
    }

    static Answer staged(Post post, boolean duplicate, String... owners) {
        return new Answer.Staged(
                new PushReceipt(post.repo(), "n", 1, 64, post.body()[0], duplicate),
                List.of(owners));
    }

    static Answer again(Answer.Trouble trouble) {
        return new Answer.Again(1, trouble.toString(), trouble);
    }

    List<Post> at(String host) {
        synchronized (asked) {
            return asked.stream().filter(post -> post.endpoint().getHost().equals(host)).toList();
        }
    }
}
