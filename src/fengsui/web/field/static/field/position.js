// Where this phone is, if its person lets it say so: {latitude, longitude} in WGS 84, or nothing.
const PATIENCE = 8_000;

export function position() {
  if (!navigator.geolocation) return Promise.resolve({});
  return new Promise((resolve) => {
    const rounded = (degrees) => Math.round(degrees * 1e6) / 1e6;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ latitude: rounded(coords.latitude), longitude: rounded(coords.longitude) }),
      () => resolve({}),
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 60_000 },
    );
  });
}
