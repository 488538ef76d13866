import { gatewayRoutes } from '@procos/contracts';
import { defaultIntakeLimits } from '@procos/process-model';

/** In JSON a quotation mark and an end of a line take two characters; the names beside the models take a little. */
const largest = 2 * defaultIntakeLimits.bytes + 64 * 1024;

/** Path → largest body, in bytes, of the routes that take models: the largest model that the lint takes arrives whole. */
export const modelBodyLimits: Readonly<Record<string, number>> = {
  [gatewayRoutes.lintModels.path]: largest,
  [gatewayRoutes.createDeployment.path]: largest,
};
