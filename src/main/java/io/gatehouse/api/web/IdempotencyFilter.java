package io.gatehouse.api.web;

import io.gatehouse.api.BufferedRequest;
import io.gatehouse.api.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Lets a POST with an {@code Idempotency-Key} take effect once: its answer commits together with its effect.
 *
 * <p>The whole request runs in one transaction that begins by claiming the key. A duplicate that comes meanwhile waits on
 * the claim's row and then gets the same answer. Whatever is not a success rolls everything back, the claim included.
 */
class IdempotencyFilter extends OncePerRequestFilter {

    private final IdempotentRequests requests;
    private final PlatformTransactionManager transactions;
    private final Clock clock;

    IdempotencyFilter(IdempotentRequests requests, PlatformTransactionManager transactions, Clock clock) {
        this.requests = requests;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !"POST".equals(request.getMethod()) || request.getHeader(IdempotencyKey.HEADER) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        IdempotencyKey key = IdempotencyKey.of((BufferedRequest) request);
        ContentCachingResponseWrapper held = new ContentCachingResponseWrapper(response);
        if (handledFirst(key, request, held, chain)) {
            held.copyBodyToResponse();
        } else {
            replay(key, response);
        }
    }

    private boolean handledFirst(
            IdempotencyKey key, HttpServletRequest request, ContentCachingResponseWrapper held, FilterChain chain)
            throws ServletException, IOException {
        TransactionStatus transaction = transactions.getTransaction(TransactionDefinition.withDefaults());
        try {
            if (!claim(key)) {
                return false;
            }
            chain.doFilter(request, held);
            if (held.getStatus() < 400) {
                requests.answer(key, StoredAnswer.of(key, request, held));
                transactions.commit(transaction);
            }
            return true;
        } finally {
            if (!transaction.isCompleted()) {
                transactions.rollback(transaction);
            }
        }
    }

    private boolean claim(IdempotencyKey key) {
        try {
            requests.claim(key, clock.instant());
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        } catch (PessimisticLockingFailureException | QueryTimeoutException e) {
            throw underway();
        }
    }

    private void replay(IdempotencyKey key, HttpServletResponse response) throws IOException {
        StoredAnswer answer = requests.find(key).orElseThrow(IdempotencyFilter::underway);
        if (!answer.answers(key)) {
            throw ProblemException.of(
                    HttpStatus.UNPROCESSABLE_ENTITY,
                    "idempotency-key-reused",
                    "Idempotency key reused",
                    "This key came with another request before; use a new key for a new request.");
        }
        answer.replay(response);
    }

    private static ProblemException underway() {
        return ProblemException.conflict(
                        "request-under-way",
                        "Request under way",
                        "A request with the same key is being handled; send it again to get its answer.")
                .retryAfter(Duration.ofSeconds(1));
    }
}
