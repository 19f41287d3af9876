package io.gmq.transport.ingress;

/** Knows the accounts, and decides who is let in. It stands beside the selectors: what it does takes longer than they may. */
public interface Gate {
    /**
     * Takes an attempt to be decided, on a thread of the gate's own. A selector's thread calls it and is never held up.
     *
     * @return false if too many wait already; then the attempt is not decided.
     */
    boolean offer(Attempt attempt);

    /** The account of whom a client's certificate names, or {@code null} if there is none. A selector's thread calls it. */
    Account ofCertificate(String subject);
}
