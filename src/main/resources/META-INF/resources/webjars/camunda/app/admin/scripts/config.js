// In the place of the application's own file, which this directory comes before on the class path.
export default {
  customScripts: ['scripts/gatehouse']
};
