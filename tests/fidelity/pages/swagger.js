import 'swagger-ui-dist/swagger-ui.css';
import SwaggerUI from 'swagger-ui-dist/swagger-ui-es-bundle.js';

const pet = {
  type: 'object',
  required: ['name'],
  properties: {
    id: { type: 'integer', format: 'int64', example: 10 },
    name: { type: 'string', example: 'doggie' },
    status: { type: 'string', enum: ['available', 'pending', 'sold'] },
  },
};
const content = { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } };
const answers = { 200: { description: 'The pet', content }, 404: { description: 'There is no such pet' } };

SwaggerUI({
  domNode: document.querySelector('#swagger'),
  spec: {
    openapi: '3.0.3',
    info: { title: 'Pet shop', version: '1.0.0', description: 'A shop of **pets**, as in every example.' },
    tags: [{ name: 'pet', description: 'Everything about your pets' }],
    paths: {
      '/pet': {
        post: { tags: ['pet'], summary: 'Takes a pet in', requestBody: { content }, responses: answers },
        put: { tags: ['pet'], summary: 'Changes a pet', requestBody: { content }, responses: answers },
      },
      '/pet/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { tags: ['pet'], summary: 'Finds a pet', responses: answers },
        delete: { tags: ['pet'], summary: 'Gives a pet away', responses: answers, deprecated: true },
      },
    },
    components: { schemas: { Pet: pet } },
  },
});
