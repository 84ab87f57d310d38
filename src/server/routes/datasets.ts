import { z } from 'zod';
import { shapeNames } from '../../dataset/index.js';
import { choicesSchema, datasetUploadedSchema } from '../api-schemas.js';
import { type Datasets, tooLarge } from '../datasets.js';
import { HttpFault } from '../http-fault.js';
import { inJson, type Route, route } from '../route.js';

/** What runs can be started from and with. */
export type NamedChoices = Pick<z.infer<typeof choicesSchema>, 'models' | 'prompts' | 'canSend' | 'checks'>;

export function datasetRoutes(datasets: Datasets, named: NamedChoices): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/choices',
      summary: 'What was named when the server was started, and may be named in requests',
      answers: { 200: inJson('The choices.', choicesSchema) },
      handle: async ({ context }) =>
        context.json({
          ...named,
          datasets: await datasets.list(),
          uploadLimit: datasets.uploadLimit,
          shapes: [...shapeNames],
        }),
    }),
    route({
      method: 'post',
      path: '/api/datasets',
      summary: 'Uploads a dataset, as the body of the request (application/octet-stream)',
      query: z.object({ name: z.string().min(1).max(255) }),
      answers: { 201: inJson('The name under which a run can be started.', datasetUploadedSchema) },
      handle: async ({ query, context }) => {
        const { body } = context.req.raw;
        const announced = Number(context.req.header('content-length') ?? 0);
        if (announced > datasets.uploadLimit) throw tooLarge(datasets.uploadLimit);
        if (body === null) throw new HttpFault(422, 'invalid', 'There is no file in the body.');
        return context.json(await datasets.upload(query.name, body), 201);
      },
    }),
  ];
}
