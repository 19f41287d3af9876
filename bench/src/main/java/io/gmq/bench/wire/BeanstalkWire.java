package io.gmq.bench.wire;

import io.gmq.bench.load.ConsumeSide;
import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.PublishSide;
import io.gmq.bench.load.Wire;
import java.util.List;

/** The protocol of beanstalkd, with a tube for a queue: put, reserve, delete. */
public final class BeanstalkWire implements Wire {
    @Override
    public String name() {
        return "beanstalk";
    }

    @Override
    public PublishSide publisher(final LoadPlan plan, final List<String> queues) {
        return new BeanstalkPublishSide(plan, queues);
    }

    @Override
    public ConsumeSide consumer(final LoadPlan plan, final List<String> queues) {
        return new BeanstalkConsumeSide(plan, queues);
    }

    @Override
    public byte[] idle() {
        return Scan.ascii("list-tube-used\r\n");
    }
}
