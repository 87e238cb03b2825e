"""Where the bridge is, from the environment."""

from __future__ import annotations

from typing import Mapping, NamedTuple, Optional


class Settings(NamedTuple):
    """What a process needs to know."""

    host: str
    port: int
    is_tls: bool
    authority: Optional[str]
    token: Optional[str]
    drain_seconds: float
    deployment: str = ""
    address: str = ""
    memory: int = 0

    @property
    def shown(self) -> str:
        """For people."""
        return "{}:{}".format(self.host, self.port)


def read(environment: Mapping[str, str]) -> Settings:
    """Settings from variables; ValueError says what to write."""
    bridge = environment.get("USHER_BRIDGE", "").strip()
    if not bridge:
        raise ValueError("USHER_BRIDGE is not set; write host:port of a bridge, like 127.0.0.1:7000")
    scheme, _, rest = bridge.rpartition("://")
    host, _, port = rest.rpartition(":")
    if scheme not in ("", "tcp", "tls") or not host or not port.isdigit() or int(port) > 65535:
        raise ValueError('USHER_BRIDGE: "{}" is no bridge; write host:port'.format(bridge))
    return Settings(
        host.strip("[]"),
        int(port),
        scheme == "tls",
        environment.get("USHER_BRIDGE_CA") or None,
        _token(environment.get("USHER_BRIDGE_TOKEN", "").strip()),
        drain_seconds(environment),
        environment.get("USHER_DEPLOYMENT", ""),
        environment.get("USHER_DEPLOYMENT_ADDRESS", ""),
        int(environment.get("USHER_DEPLOYMENT_MEMORY") or "0"),
    )


def drain_seconds(environment: Mapping[str, str]) -> float:
    """Longest wait for what runs, once this process is told to end."""
    return _seconds(environment.get("USHER_SHUTDOWN_TIMEOUT", "10s"))


def _token(text: str) -> Optional[str]:
    if not text.startswith("file:"):
        return text or None
    try:
        with open(text[len("file:") :], encoding="utf-8") as file:
            return file.read().strip()
    except OSError as e:
        raise ValueError("USHER_BRIDGE_TOKEN: {} can't be read".format(text)) from e


def _seconds(text: str) -> float:
    for unit, factor in (("ms", 0.001), ("s", 1.0), ("m", 60.0)):
        if text.endswith(unit) and text[: -len(unit)].isdigit():
            return int(text[: -len(unit)]) * factor
    raise ValueError('USHER_SHUTDOWN_TIMEOUT: "{}" is no duration; write 10s'.format(text))
