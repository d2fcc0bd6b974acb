// In the place of the application's own file, which this directory comes before on the class path.
export default {
  // One script for all three; the path is seen from the application's own.
  customScripts: ['../../assets/gatehouse']
};
