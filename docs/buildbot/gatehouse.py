"""Lets a Gatehouse order builds of a Buildbot master (3.7 or newer), as its connector of the kind webhook.

Put this file beside master.cfg and write there

    from gatehouse import Gatehouse
    c['services'].append(Gatehouse(
        listen='tcp:8020:interface=127.0.0.1',     # TLS is the business of a proxy before it
        secret='whsec_...',                        # the one of the connector
        builder='deploy',
        callback='https://gatehouse.example.com/api/v1/callbacks/deploy-payments'))

The parameters of an order become properties of the build. A key is the external id of a set of builds, by which Buildbot
keeps it: an order that comes again starts nothing. A build that is stopped ends as CANCELLED, which is a failure. Only one master of a cluster may have this service.
"""

import base64
import hashlib
import hmac
import json
import time
from io import BytesIO

from buildbot.data import resultspec
from buildbot.process.results import SUCCESS, WARNINGS, Results
from buildbot.reporters.utils import getURLForBuild
from buildbot.util import service
from twisted.internet import defer, endpoints, task
from twisted.python import log
from twisted.web import client, http_headers, resource, server

TOLERANCE = 300  # seconds
PAUSES = [1, 2, 4, 8, 15, 30] + [60] * 60  # between two tries to call back, in seconds


class Gatehouse(service.BuildbotService):
    name = 'gatehouse'

    _consumer = None
    _port = None

    def checkConfig(self, listen, secret, builder, callback=None):
        if not secret.startswith('whsec_') or len(base64.b64decode(secret[6:])) < 24:
            raise ValueError('The secret must be whsec_ and the base64 of at least 24 bytes')

    @defer.inlineCallbacks
    def reconfigService(self, listen, secret, builder, callback=None):
        yield self._stop()
        self.key = base64.b64decode(secret[6:])
        self.builder = builder
        self.callback = callback
        self.one_at_a_time = defer.DeferredLock()
        self._consumer = yield self.master.mq.startConsuming(self._ended, ('buildsets', None, 'complete'))
        endpoint = endpoints.serverFromString(self.master.reactor, listen)
        self._port = yield endpoint.listen(server.Site(Orders(self)))

    @defer.inlineCallbacks
    def _stop(self):
        if self._port is not None:
            yield self._port.stopListening()
            self._consumer.stopConsuming()
            self._port = None

    @defer.inlineCallbacks
    def stopService(self):
        yield self._stop()
        yield super().stopService()

    def signature(self, delivery, timestamp, body):
        """As Standard Webhooks says."""
        signed = f'{delivery}.{timestamp}.'.encode() + body
        return 'v1,' + base64.b64encode(hmac.new(self.key, signed, hashlib.sha256).digest()).decode()

    @defer.inlineCallbacks
    def find(self, key):
        """The set of builds of an order, or None."""
        found = yield self.master.data.get(
            ('buildsets',), filters=[resultspec.Filter('external_idstring', 'eq', [self._external(key)])])
        return found[0] if found else None

    def start(self, order):
        # Whoever asks between look and start waits: two orders with one key are one.
        return self.one_at_a_time.run(self._start, order)

    @defer.inlineCallbacks
    def _start(self, order):
        found = yield self.find(order['key'])
        if found is None:
            properties = {name: (value, 'gatehouse') for name, value in order['parameters'].items()}
            builder = yield self.master.data.updates.findBuilderId(self.builder)
            yield self.master.data.updates.addBuildset(
                waited_for=False, scheduler=self.name, builderids=[builder], properties=properties,
                reason=f"{order['kind']} step {order['step']} of {order['rollout']} on {order['target']}",
                external_idstring=self._external(order['key']),
                sourcestamps=[{'codebase': '', 'repository': '', 'branch': None, 'revision': None, 'project': ''}])
            found = yield self.find(order['key'])
        return found

    @defer.inlineCallbacks
    def stop(self, key):
        """Has the builds of an order end; those that have not begun never will. The set of builds, or None."""
        found = yield self.find(key)
        if found is not None and not found['complete']:
            for request in (yield self._requests(found)):
                yield self.master.data.control(
                    'cancel', {'reason': 'Stopped by Gatehouse'}, ('buildrequests', str(request['buildrequestid'])))
        return found

    @defer.inlineCallbacks
    def report(self, key, buildset):
        link = yield self._link(buildset)
        if not buildset['complete']:
            return {'key': key, 'state': 'RUNNING', 'link': link}
        done = buildset['results'] in (SUCCESS, WARNINGS)
        return {
            'key': key,
            'state': 'SUCCEEDED' if done else 'FAILED',
            'detail': f"Buildbot ended set {buildset['bsid']} as {Results[buildset['results']]}",
            'link': link,
        }

    @defer.inlineCallbacks
    def _link(self, buildset):
        """The page of its build, the last one if there had to be several; None before it has begun."""
        builds = []
        for request in (yield self._requests(buildset)):
            builds += yield self.master.data.get(('buildrequests', request['buildrequestid'], 'builds'))
        return getURLForBuild(self.master, builds[-1]['builderid'], builds[-1]['number']) if builds else None

    def _requests(self, buildset):
        return self.master.data.get(
            ('buildrequests',), filters=[resultspec.Filter('buildsetid', 'eq', [buildset['bsid']])])

    def _external(self, key):
        return f'{self.name}:{key}'

    def _ended(self, routing, buildset):
        external = buildset['external_idstring'] or ''
        if self.callback is not None and external.startswith(self._external('')):
            key = external[len(self._external('')):]
            self._call_back(key, buildset).addErrback(log.err)

    @defer.inlineCallbacks
    def _call_back(self, key, buildset):
        """Until Gatehouse has it. What a restart of the master cuts off is found out when Gatehouse asks."""
        report = yield self.report(key, buildset)
        body = json.dumps(report).encode()
        for pause in PAUSES:
            status = yield self._post(f'{key}-ended', body)
            if status == 202:
                return
            log.msg(f'Gatehouse answered {status} to the result of {key}')
            yield task.deferLater(self.master.reactor, pause, lambda: None)

    @defer.inlineCallbacks
    def _post(self, delivery, body):
        timestamp = str(int(time.time()))
        headers = {
            'Content-Type': ['application/json'],
            'webhook-id': [delivery],
            'webhook-timestamp': [timestamp],
            'webhook-signature': [self.signature(delivery, timestamp, body)],
        }
        agent = client.Agent(self.master.reactor, connectTimeout=10)
        try:
            response = yield agent.request(
                b'POST', self.callback.encode(), http_headers.Headers(headers), client.FileBodyProducer(BytesIO(body)))
            yield client.readBody(response).addErrback(lambda cut_short: None)
            return response.code
        except Exception as unreachable:  # there are many ways not to be reached, and all are tried again
            return unreachable


class Orders(resource.Resource):
    """POST / takes an order, GET /<key> tells how far it is, DELETE /<key> has it stopped."""

    isLeaf = True

    def __init__(self, gatehouse):
        super().__init__()
        self.gatehouse = gatehouse

    def render_POST(self, request):
        body = request.content.read()
        if not self._signed(request, body):
            return self._refuse(request)
        order = json.loads(body)
        return self._answer(request, order['key'], self.gatehouse.start(order), 202)

    def render_GET(self, request):
        if not self._signed(request, b''):
            return self._refuse(request)
        key = request.postpath[0].decode()
        return self._answer(request, key, self.gatehouse.find(key), 200)

    def render_DELETE(self, request):
        if not self._signed(request, b''):
            return self._refuse(request)
        key = request.postpath[0].decode()
        return self._answer(request, key, self.gatehouse.stop(key), 202)

    def _signed(self, request, body):
        delivery, timestamp, given = (
            request.getHeader(name) or '' for name in ('webhook-id', 'webhook-timestamp', 'webhook-signature'))
        if '.' in delivery or not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > TOLERANCE:
            return False
        expected = self.gatehouse.signature(delivery, timestamp, body).encode()
        return any(hmac.compare_digest(expected, each.encode()) for each in given.split(' '))

    @staticmethod
    def _refuse(request):
        request.setResponseCode(401)
        return b''

    def _answer(self, request, key, looking, status):
        def report(buildset):
            return None if buildset is None else self.gatehouse.report(key, buildset)

        def told(report):
            request.setResponseCode(404 if report is None else status)
            request.setHeader('Content-Type', 'application/json')
            if report is not None:
                request.write(json.dumps(report).encode())
            request.finish()

        def failed(why):
            log.err(why, 'an order of Gatehouse')
            request.setResponseCode(500)
            request.finish()

        looking.addCallback(report).addCallbacks(told, failed)
        return server.NOT_DONE_YET
